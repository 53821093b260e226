"""The local policy file (P19, P32)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import policy, policy_file
from onroll.rules.policy_file import HARROW, PolicyError

SHIPPED = (Path(policy.__file__).parent / "harrow.toml").read_text("utf-8")


def changed(old: str, new: str) -> str:
    assert old in SHIPPED
    return SHIPPED.replace(old, new)


def test_the_shipped_policy_is_harrows():
    assert HARROW.authority_code == "310"
    assert HARROW.mash_phone == "020 8901 2690"
    assert HARROW.mash_email == "Duty.Assess@harrow.gov.uk"
    assert HARROW.cme_phone == "020 8396 4515"
    assert HARROW.cme_email == "cme@harrow.gov.uk"
    assert (HARROW.no_contact_school_days, HARROW.joiner_days, HARROW.cml_days) == (10, 5, 20)
    assert HARROW.four_weeks == 4
    assert HARROW.weekly_report_day == 0
    assert "302" in HARROW.neighbour_codes
    assert HARROW.census_on


def test_every_setting_says_where_it_comes_from():
    listed = policy.settings(HARROW)
    assert {setting.name for setting in listed} >= {"cml_days", "mash_phone", "colour"}
    for setting in listed:
        assert setting.source
        assert setting.says
        assert setting.section


def test_a_policy_can_be_read_from_a_file(tmp_path: Path):
    path = tmp_path / "brent.toml"
    path.write_text(changed('authority_code = "310"', 'authority_code = "304"'), "utf-8")
    assert policy_file.load(path).authority_code == "304"


def test_a_file_that_is_not_there_says_so(tmp_path: Path):
    with pytest.raises(PolicyError, match="cannot be read"):
        policy_file.load(tmp_path / "none.toml")


def test_a_file_that_is_not_text_says_so(tmp_path: Path):
    path = tmp_path / "bad.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyError, match="cannot be read"):
        policy_file.load(path)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[days]", "[days", "not TOML"),
        ("cml_days = 20", "", "does not set days.cml_days"),
        ("cml_days = 20", "cml_days = 20\ncmj_days = 5", "days.cmj_days, which nothing reads"),
        ("[authority]", "stray = 1\n[authority]", "sets stray, which nothing reads"),
        ("cml_days = 20", 'cml_days = "twenty"', "days.cml_days must be a whole number"),
        ("cml_days = 20", "cml_days = true", "days.cml_days must be a whole number"),
        ("cml_days = 20", "cml_days = [20]", "days.cml_days must be a whole number"),
        ("cml_days = 20", "cml_days = -1", "days.cml_days must be at least 0"),
        ("cml_days = 20", "cml_days = 20000", "at least 0 and at most 10,000"),
        (
            "cml_days = 20",
            "cml_days = 20\nexcluded_education_school_day = 8",
            "days.excluded_education_school_day is fixed by SI 2007/1870",
        ),
        ("four_week_point_school_days = 20", "four_week_point_school_days = 19", "at least 20"),
        ('short_name = "Harrow"', "short_name = 1", "authority.short_name must be text"),
        ("is_ehcp_consulted = true", "is_ehcp_consulted = 1", "must be true or false"),
        ('["302", "304", "307", "312", "919"]', '"302"', "must be a list of texts"),
        ("census_on = [", 'census_on = ["soon", ', "must be a list of dates"),
        ('authority_code = "310"', 'authority_code = "999"', "999 is not an authority's code"),
        ('authority_code = "310"', 'authority_code = "3-10"', "3-10 is not an authority's code"),
        ('"919"]', '"XXX"]', "XXX is not an authority's code"),
        ('to_hub = "told"', 'to_hub = "later"', "must be 'told' or 'first'"),
        ('reports_to = "both"', 'reports_to = "all"', "must be one of 'hub'"),
        ('"monday"', '"Mondays"', "must be a day such as 'monday'"),
        (
            'joint_protocol_url = ""',
            'joint_protocol_url = "javascript:alert(1)"',
            "sharing.joint_protocol_url must be an address that begins with https://",
        ),
        ('"#00573f"', '"green"', "must look like #1d70b8"),
        ("monday 09:00 to 17:00", "monday 9-5", "must look like 'monday 09:00 to 17:00'"),
        ('"020 8424 0999"', '""', "must say whom to ring"),
        ('"#00573f"', '"#ffdd00"', "too pale"),
    ],
)
def test_a_wrong_policy_says_in_a_sentence_what_is_wrong(old: str, new: str, problem: str):
    with pytest.raises(PolicyError, match=problem.replace("[", r"\[")) as refused:
        policy_file.parse(changed(old, new))
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("from_on = 2027-01-01", "The change of 2027-01-01 sets nothing"),
        ("days.cml_days = 15", "must give its own day"),
        ('from_on = "soon"\ndays.cml_days = 15', "must give its own day"),
        ("from_on = 2027-01-01\ncontacts.mash_phone = '1'", "contacts cannot change on a day"),
        ("from_on = 2027-01-01\ndays.cmj_days = 15", "days.cmj_days, which nothing reads"),
        ("from_on = 2027-01-01\ndays.cml_days = 'soon'", "must be a whole number"),
        ("from_on = 2027-01-01\ndays.fair_access_school_days = 9", "is fixed by the School"),
        ("from_on = 2027-01-01\nworking.weekly_report_weekday = 'May'", "must be a day such as"),
        (
            "from_on = 2027-01-01\ndays.cml_days = 9\n[[changes]]\nfrom_on = 2027-01-01",
            "must give its own day",
        ),
    ],
)
def test_a_wrong_change_says_in_a_sentence_what_is_wrong(lines: str, problem: str):
    with pytest.raises(PolicyError, match=problem) as refused:
        policy_file.parse(f"{SHIPPED}\n[[changes]]\n{lines}\n")
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("text", ["changes = 1\n", "changes = [1]\n"])
def test_changes_that_are_no_tables_say_so(text: str):
    with pytest.raises(PolicyError, match="tables that begin with"):
        policy_file.parse(text + SHIPPED)


def test_white_on_black_has_the_greatest_contrast_and_white_on_white_none():
    assert policy_file.contrast_with_white("#000000") == pytest.approx(21)
    assert policy_file.contrast_with_white("#ffffff") == pytest.approx(1)


@given(st.text())
def test_no_text_breaks_the_reader(text: str):
    with pytest.raises(PolicyError):
        policy_file.parse(text)


def test_lists_can_open_cases_by_findings_that_there_are_and_by_no_others():
    text = SHIPPED.replace("list_findings_to_case = [", 'list_findings_to_case = ["a_feeling", ')
    with pytest.raises(PolicyError, match="can name only: "):
        policy_file.parse(text)
