"""What cannot be done, in words for the person who asked for it."""

from collections.abc import Mapping


class Refused(ValueError):
    """A sentence that says why it cannot be done; `field` is the question it is about, if any."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.errors: Mapping[str, str] = {field: sentence}


class Incomplete(Refused):
    """Something that lacks answers; `errors` says by question what."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(". ".join(errors.values()))
        self.errors = errors


class Changed(Refused):
    """Somebody changed what a page showed after it was opened; the answer may be sent again.

    `stands` says what they wrote: by the name of a question, or by words of its own, what stands
    there now. With `is_final` nothing can be added to that, and the answer is not taken again.
    """

    def __init__(
        self,
        sentence: str,
        *,
        field: str = "",
        stands: Mapping[str, str] | None = None,
        is_final: bool = False,
    ) -> None:
        super().__init__(sentence, field=field)
        self.stands: Mapping[str, str] = stands or {}
        self.is_final = is_final
