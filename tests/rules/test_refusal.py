"""What cannot be done, in words, and by which question."""

from onroll.rules.refusal import Changed, Incomplete, Refused


def test_a_refusal_says_why_and_of_which_question():
    refusal = Refused("This case is closed.", field="case")
    assert str(refusal) == "This case is closed."
    assert refusal.errors == {"case": "This case is closed."}


def test_what_lacks_several_answers_says_each():
    lacking = Incomplete({"told": "Say who was told", "crime": "Say what is known of it"})
    assert str(lacking) == "Say who was told. Say what is known of it"
    assert lacking.errors["crime"] == "Say what is known of it"


def test_what_somebody_changed_meanwhile_says_what_stands_there_now():
    changed = Changed("Max Marsh saved this.", field="why", stands={"why": "Seen."}, is_final=True)
    assert changed.errors == {"why": "Max Marsh saved this."}
    assert (changed.stands, changed.is_final) == ({"why": "Seen."}, True)
    assert Changed("Somebody saved this.").stands == {}
