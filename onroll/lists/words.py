"""Words for codes: what pages say of a finding."""

from collections.abc import Mapping

from onroll.govuk.parts import Meaning

FINDINGS: Mapping[str, tuple[str, Meaning]] = {
    "vanished": ("Gone from the roll", "soon"),
    "never_arrived": ("Never arrived", "soon"),
    "on_two": ("On two rolls", "waiting"),
    "on_none": ("On no roll", "soon"),
}
