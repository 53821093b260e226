"""What people decided, and what a machine linked, outlives matching anew, a new model and merging.

Same, different, not sure yet, each with why; link at one threshold, split only well below it
(practice.md 7: hysteresis, as MoJ person match joins at 20 and parts at 14).
"""

import ast
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import onroll.intake.records.fingerprints
import onroll.matching
from onroll.children import actions as children
from onroll.children.actions import ChildFacts
from onroll.children.models import Child, Identifier
from onroll.children.queries import not_same_answers, possible_duplicates
from onroll.duplicates import actions as duplicates
from onroll.intake import actions
from onroll.intake.models import Decision, Row
from onroll.matching.adjudication import answering as judging
from onroll.matching.model import Model, load, shipped
from onroll.rules.refusal import Refused
from tests.duplicates.pairs import merge, undo
from tests.intake.world import BORN, OTHER_UPN, TODAY, enrolled, joins, sam, schools

LIKE_SAM = {"upn": "", "postcode": "HA9 9ZZ"}
"""Nearly Sam Example: no number, another home. A person is asked."""
NEXT_WEEK = {"made": date(2026, 11, 30), "entry_on": TODAY + timedelta(3)}


@pytest.fixture(autouse=True)
def sam_is_known(db: None) -> None:
    schools()
    enrolled()


def becomes_unrecognisable(child: Child) -> None:
    """Change all that any model could know a child by, but who decided what."""
    Identifier.objects.filter(child=child).delete()
    Child.objects.filter(pk=child.pk).update(
        forename="Quite", surname="Different", born_on=BORN + timedelta(900), search_keys=[]
    )


# A person's answer


def test_same_is_not_asked_again_whatever_a_model_would_say(people: Any) -> None:
    """No model can undo it: this one finds nobody at all."""
    known, row = sam(), joins(**LIKE_SAM)
    assert row.stage == "unsure"
    settled = actions.settle_row(
        row=row, child=known, why="Rang.", by=people.olive, at=row.transfer.received_at
    )
    becomes_unrecognisable(known)
    again = joins(**LIKE_SAM | NEXT_WEEK)
    assert (again.stage, again.child, again.decision) == ("applied", known, settled.decision)


def test_different_is_not_asked_again_whatever_a_model_would_say(people: Any) -> None:
    known, row = sam(), joins(**LIKE_SAM)
    row = actions.settle_row(
        row=row, child=None, why="Rang.", by=people.olive, at=row.transfer.received_at
    )
    other = row.child
    assert other not in (None, known)
    # Now everything agrees with the child whom it was said not to be.
    children.add_facts(child=known, facts=ChildFacts(), source=known.source)
    known.addresses.update(postcode="HA9 9ZZ")
    again = joins(**LIKE_SAM | NEXT_WEEK)
    assert (again.stage, again.child) == ("applied", other)


def test_not_sure_yet_is_kept_with_why_and_settles_nothing(people: Any) -> None:
    row = joins(**LIKE_SAM)
    at = row.transfer.received_at
    actions.set_aside(row=row, why="The school rings back.", by=people.olive, at=at)
    again = joins(**LIKE_SAM | NEXT_WEEK)
    assert (row.decisions.get().why, again.stage) == ("The school rings back.", "unsure")
    actions.settle_row(row=again, child=sam(), why="They rang.", by=people.max, at=at)
    row.refresh_from_db()
    assert row.child == sam()
    assert set(Decision.objects.values_list("verdict", "why")) == {
        ("not_sure", "The school rings back."),
        ("same", "They rang."),
    }


@pytest.mark.parametrize("is_same", [True, False])
def test_an_answer_follows_its_child_into_a_merge_and_out_of_it(people: Any, is_same: bool) -> None:
    known, row = sam(), joins(**LIKE_SAM)
    row = actions.settle_row(
        row=row,
        child=known if is_same else None,
        why="Rang.",
        by=people.olive,
        at=row.transfer.received_at,
    )
    assert row.child is not None
    third = children.add_child(
        facts=ChildFacts(forename="Third", surname="Record", born_on=BORN), source=known.source
    )
    done = merge(third, row.child, people)
    assert joins(**LIKE_SAM | NEXT_WEEK).child == third
    undo(done, people)
    later = {"made": date(2026, 12, 7), "entry_on": TODAY + timedelta(4)}
    assert joins(**LIKE_SAM | later).child == row.child


# A person's answer under a model trained anew


@pytest.fixture(params=["sure of nothing", "sure of everything"])
def trained_anew(request: pytest.FixtureRequest, tmp_path: Path) -> Model:
    """Return another model file, to be put in the place of the shipped one."""
    line = 2.0 if request.param == "sure of nothing" else 0.0
    known = (Path(onroll.matching.__file__).parent / "model.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(same|same_alone|new) = [\d.]+", rf"\1 = {line}", known)
    (tmp_path / "model.toml").write_text(text, encoding="utf-8")
    model = load(tmp_path / "model.toml")
    assert {model.answers[name] for name in ("same", "same_alone", "new")} == {line}
    return model


def put_in_place(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "shipped", lambda: model)


@pytest.mark.parametrize("answer", ["same", "different"])
def test_an_answer_survives_a_model_trained_anew(
    people: Any, answer: str, trained_anew: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, row = sam(), joins(**LIKE_SAM)
    row = actions.settle_row(
        row=row,
        child=known if answer == "same" else None,
        why="Rang.",
        by=people.olive,
        at=row.transfer.received_at,
    )
    put_in_place(trained_anew, monkeypatch)
    again = joins(**LIKE_SAM | NEXT_WEEK)
    assert (again.stage, again.child) == ("applied", row.child)
    assert (row.child == known) == (answer == "same")


def test_two_records_told_apart_stay_so_under_a_model_trained_anew(
    people: Any, trained_anew: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = joins()
    known, at = sam(), row.transfer.received_at
    other = children.add_child(
        facts=ChildFacts(forename="Sam", surname="Example", born_on=BORN), source=known.source
    )
    duplicates.tell_apart(first=known, second=other, why="Twins.", by=people.olive, at=at)
    put_in_place(trained_anew, monkeypatch)
    assert possible_duplicates(known) == []
    with pytest.raises(Refused, match="Twins"):
        duplicates.propose_merge(target=known, merged=other, why="Alike.", by=people.olive, at=at)
    assert not_same_answers(known)[other.pk].why == "Twins."


def test_not_sure_yet_survives_a_model_trained_anew(
    people: Any, trained_anew: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = joins(**LIKE_SAM)
    at = row.transfer.received_at
    actions.set_aside(row=row, why="The school rings back.", by=people.olive, at=at)
    put_in_place(trained_anew, monkeypatch)
    again = joins(**LIKE_SAM | NEXT_WEEK)
    assert again.stage == "unsure"
    row.refresh_from_db()
    assert (row.stage, row.decisions.get().why) == ("unsure", "The school rings back.")


def test_a_machine_s_link_survives_a_model_trained_anew(
    trained_anew: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Link at one threshold, split only well below it: a higher line parts nobody linked before."""
    known = sam_of(joins())
    put_in_place(trained_anew, monkeypatch)
    again = joins(**NEXT_WEEK)
    assert (again.stage, again.child) == ("applied", known)
    fresh = joins(**NEXT_WEEK | {"made": date(2026, 12, 7), "surname": "Exampler"})
    assert fresh.stage == ("unsure" if trained_anew.answers["same"] > 1 else "applied")


def test_the_line_to_be_new_lies_well_below_the_line_to_be_linked() -> None:
    """The two thresholds of `model.toml`: between them what is linked stays linked."""
    lines = shipped().answers
    assert lines["new"] * 10 < lines["same"] <= lines["same_alone"]


def test_the_identity_that_an_answer_holds_for_knows_no_model(db: None) -> None:
    """A re-trained model asks nobody again: the fingerprint is of the record's words alone."""
    code = ast.parse(Path(onroll.intake.records.fingerprints.__file__).read_text(encoding="utf-8"))
    known = {
        name.name
        for node in ast.walk(code)
        if isinstance(node, ast.ImportFrom) and "matching" in (node.module or "")
        for name in node.names
    }
    assert known == {"compact"}


# What a machine linked


def test_an_applied_record_is_never_matched_again(people: Any) -> None:
    row = joins()
    assert (row.answer, row.child) == ("same", sam())
    becomes_unrecognisable(sam_of(row))
    actions.work_batch(transfer_id=row.transfer_id, at=row.transfer.received_at)
    actions.try_again(transfer=row.transfer)
    kept = Row.objects.get(pk=row.pk)
    assert (kept.stage, kept.child) == ("applied", row.child)


def sam_of(row: Row) -> Child:
    assert row.child is not None
    return row.child


def test_a_machine_s_link_holds_between_the_two_lines() -> None:
    """The birthday on file was corrected by a digit: alone that would be a person's question."""
    known = sam_of(joins())
    Child.objects.filter(pk=known.pk).update(born_on=BORN.replace(day=5))
    again = joins(**NEXT_WEEK)
    assert (again.answer, again.stage, again.child) == ("same", "applied", known)
    assert "linked to this child before" in again.because
    fresh = joins(**NEXT_WEEK | {"made": date(2026, 12, 7), "forename": "Samm"})
    assert fresh.stage == "unsure"


def test_well_below_the_line_a_person_parts_it_and_no_machine() -> None:
    known = sam_of(joins())
    Identifier.objects.filter(child=known).update(value=OTHER_UPN)
    Child.objects.filter(pk=known.pk).update(forename="Quite", surname="Different")
    again = joins(**NEXT_WEEK)
    assert (again.answer, again.stage) == ("unsure", "unsure")
    assert [candidate["child"] for candidate in again.candidates] == [known.pk]
    assert "did not fit any more" in again.because


def test_what_forbids_a_link_is_a_person_s_question_however_long_it_stood() -> None:
    known = sam_of(joins())
    Identifier.objects.filter(child=known).update(value=OTHER_UPN)
    again = joins(**NEXT_WEEK)
    assert (again.stage, [c["child"] for c in again.candidates]) == ("unsure", [known.pk])


def test_another_child_come_near_is_a_person_s_question() -> None:
    """matching.md 6.2: a candidate that another explains as well is no evidence."""
    known = sam_of(joins())
    Child.objects.filter(pk=known.pk).update(born_on=BORN.replace(day=5))
    twin = children.add_child(
        facts=ChildFacts(
            forename="Sam", surname="Example", born_on=BORN, sex="F",
            identifiers=(("upn", known.identifiers.get(kind="upn").value),),
        ),
        source=known.source,
    )  # fmt: skip
    again = joins(**NEXT_WEEK)
    assert again.stage == "unsure"
    assert {c["child"] for c in again.candidates} == {known.pk, twin.pk}


def test_a_child_protected_since_is_not_joined_again_by_machine() -> None:
    """matching.md 6.5: protected changes need a person."""
    known = sam_of(joins())
    children.protect(child=known, is_protected=True)
    assert joins(**NEXT_WEEK).stage == "unsure"


def test_a_new_child_of_the_same_words_is_no_link() -> None:
    """Without a number or a home, two children may share a name and a birthday."""
    first = joins(upn="", postcode="", forename="Mo", surname="Ali")
    assert first.answer == "new"
    again = joins(upn="", postcode="", forename="Mo", surname="Ali", **NEXT_WEEK)
    assert again.stage == "unsure"
