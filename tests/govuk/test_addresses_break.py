"""What is rung or written to is not torn apart on a narrow page."""

from pathlib import Path

import onroll
from onroll.govuk.templatetags.govuk import mail, tel


def test_an_address_breaks_after_its_signs_alone() -> None:
    shown = mail("Duty.Assess@harrow.gov.uk")
    assert 'href="mailto:Duty.Assess@harrow.gov.uk"' in shown
    assert ">Duty.<wbr>Assess@<wbr>harrow.<wbr>gov.<wbr>uk</a>" in shown
    assert "<b>" not in mail("<b>@example.org")
    assert mail("") == ""


def test_a_number_stays_in_one_line() -> None:
    assert 'class="govuk-link onroll-when"' in tel("020 7946 0000")


def test_no_template_writes_an_address_by_hand() -> None:
    """Then it would not break, and would push a narrow page wider."""
    templates = Path(onroll.__file__).parent.rglob("*.html")
    assert [page.name for page in templates if "mailto:" in page.read_text()] == []
