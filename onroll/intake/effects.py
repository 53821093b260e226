"""What a record did when it was applied: one row each, with what confirming it would mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from onroll.children.models import PlaceKind
from onroll.govuk.parts import Meaning

Label = tuple[str, Meaning]
"""The words of a status, and what they mean."""

GO_ON_ASKING = "It does not say where the child is now: go on with the enquiries."
ASK_FIRST_DAY = "Ask that school for the first day attended, then close the case."
CLOSE_CASE = "Close the case with that outcome."


class Effect(StrEnum):
    """What a record did, or what a leaver's claims (`rules.leavers`). The values are stored."""

    CASE_OPENED = "case_opened"
    CASE_JOINED = "case_joined"
    GAP_CLOSED = "gap_closed"
    PLACE_STARTED = "place_started"
    JOINING_LATER = "joining_later"
    PLACE_ENDED = "place_ended"
    CONFIRMED_DESTINATION = "confirmed_destination"
    NAMED_DESTINATION = "named_destination"
    HOME_EDUCATION = "home_education"
    MOVED_ABROAD = "moved_abroad"
    DIED = "died"
    PERHAPS_DIED = "perhaps_died"
    OVER_AGE = "over_age"
    BELOW_AGE = "below_age"
    END_OF_PHASE = "end_of_phase"
    DETAINED = "detained"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"
    NO_ANSWER = "no_answer"
    LEAVING_LATER = "leaving_later"
    TOLD_AFTER_CLOSING = "told_after_closing"
    JOINED_AND_LEFT = "joined_and_left"
    ROLL_KEPT = "roll_kept"
    ROLL_CONTRADICTS = "roll_contradicts"
    KEPT = "kept"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an officer may confirm of a record, and what follows from either answer."""

    answer: str = "It is as the school says"
    hint: str = "You have seen or heard it confirmed"
    next_step: str = GO_ON_ASKING
    """What is then to be done on the child's open case."""
    place: PlaceKind | None = None
    """The kind of place that is confirmed; none where the claim names no place."""
    reason_if_not_so: str = "unknown_destination"
    """Why the child is on the register if it is not so."""


@dataclass(frozen=True, slots=True)
class EffectType:
    """One effect: its title, the meaning of its colour, and the claim in it."""

    title: str
    meaning: Meaning
    claim: Claim = Claim()
    is_about_death: bool = False

    @property
    def label(self) -> Label:
        """Return title and meaning."""
        return self.title, self.meaning


_DEATH = Claim(
    answer="The child has died",
    hint="Confirmed by the school or by another service",
    next_step=CLOSE_CASE,
)

EFFECTS: Mapping[str, EffectType] = {
    Effect.CASE_OPENED: EffectType("Case opened", "new"),
    Effect.CASE_JOINED: EffectType("Joined an open case", "info"),
    Effect.GAP_CLOSED: EffectType("Found: closes a gap", "done"),
    Effect.PLACE_STARTED: EffectType(
        "Joined the school",
        "info",
        Claim(
            answer="The child attends",
            next_step=ASK_FIRST_DAY,
        ),
    ),
    Effect.JOINING_LATER: EffectType("To join the school", "waiting"),
    Effect.PLACE_ENDED: EffectType(
        "Left; place elsewhere known",
        "quiet",
        Claim(
            answer="The child is taught there",
            hint="That school confirms it",
            next_step=ASK_FIRST_DAY,
        ),
    ),
    Effect.CONFIRMED_DESTINATION: EffectType(
        "Left for another school",
        "done",
        Claim(
            place=PlaceKind.NAMED,
        ),
    ),
    Effect.NAMED_DESTINATION: EffectType(
        "Left for a named school",
        "waiting",
        Claim(
            answer="The new school confirms it",
            hint="A school that reports to us must still send its joiner’s file; "
            "others count from now",
            place=PlaceKind.NAMED,
        ),
    ),
    Effect.HOME_EDUCATION: EffectType(
        "Home education",
        "waiting",
        Claim(
            answer="A parent has written that the child is educated at home",
            hint="The home education team knows, or will be told",
            place=PlaceKind.HOME_EDUCATION,
        ),
    ),
    Effect.MOVED_ABROAD: EffectType(
        "Said to have moved abroad",
        "waiting",
        Claim(
            answer="There is proof that the child has left the country",
            hint="Say what it is",
            place=PlaceKind.ABROAD,
            reason_if_not_so="moved_abroad",
        ),
    ),
    Effect.DIED: EffectType("Said to have died", "waiting", _DEATH, is_about_death=True),
    Effect.PERHAPS_DIED: EffectType(
        "May mean that the child has died", "waiting", _DEATH, is_about_death=True
    ),
    Effect.OVER_AGE: EffectType("Over school age", "quiet"),
    Effect.BELOW_AGE: EffectType("Not yet of school age", "quiet"),
    Effect.END_OF_PHASE: EffectType(
        "Finished the last class",
        "waiting",
        Claim(
            answer="It is known where the child goes next",
            hint="Say where",
            place=PlaceKind.NAMED,
        ),
    ),
    Effect.DETAINED: EffectType("Detained", "waiting"),
    Effect.EXCLUDED: EffectType(
        "Permanently excluded",
        "waiting",
        Claim(
            answer="The new school confirms it",
            hint="The child is taught there from the sixth day",
            place=PlaceKind.NAMED,
            reason_if_not_so="excluded",
        ),
    ),
    Effect.UNKNOWN: EffectType("Left, and nothing says where to", "soon"),
    Effect.NO_ANSWER: EffectType("Absent, and not found", "soon"),
    Effect.LEAVING_LATER: EffectType(
        "Still to leave",
        "waiting",
        Claim(
            answer="Somebody is seeing to it",
            hint="The child is still on the roll. Say who it is",
        ),
    ),
    Effect.TOLD_AFTER_CLOSING: EffectType(
        "A case about this was closed",
        "waiting",
        Claim(
            answer="There is nothing new",
            hint="The closed case was about this",
            next_step="Look whether this case is still needed.",
        ),
    ),
    Effect.JOINED_AND_LEFT: EffectType("Joined, and has left since", "quiet"),
    Effect.ROLL_KEPT: EffectType("On the roll", "quiet"),
    Effect.ROLL_CONTRADICTS: EffectType(
        "On the list, but has left",
        "waiting",
        Claim(
            answer="The list is wrong or old: the child has left",
            hint="If the child is there after all, ask the school to send it as a joiner",
        ),
    ),
    Effect.KEPT: EffectType("Kept", "quiet"),
    Effect.HELD: EffectType("Cannot be used yet", "problem"),
}


def label_of(effect: str, otherwise: Label) -> Label:
    """Return the label of an effect; `otherwise` for a record that has not done anything yet."""
    return EFFECTS[effect].label if effect in EFFECTS else otherwise


def claim_of(effect: str) -> Claim:
    """Return what an officer may confirm of a record that did this."""
    return EFFECTS[effect].claim if effect in EFFECTS else Claim()


def is_about_death(effect: str) -> bool:
    """Say whether a record claims that the child has died, or may have."""
    return effect in EFFECTS and EFFECTS[effect].is_about_death
