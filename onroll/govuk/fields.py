"""Form fields and choices the design system has and Django has not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.translation import get_language, gettext, gettext_lazy

DATE_PARTS = ("day", "month", "year")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DAYS = tuple(f"{{day}} {month.capitalize()} {{year}}" for month in MONTHS)
"""A day of each month as people write it, for translation."""
SHORTEST = 3
"""Letters of the shortest beginning of a month's name that is taken for it."""
LEAP_YEAR = "2000"
"""Stands for a year that is not right, so that the day is looked at all the same."""
AROUND = " \u2068\u2069"
"""What may stand round a month's name: the two marks of direction."""


class Choice(str):
    """The words of a radio or checkbox, with a hint under them, and a link under that.

    The link stands apart from the hint, which a screen reader reads out as words alone.
    `either` puts a word such as "or" above it; `is_exclusive` unticks every other checkbox of
    the group.
    """

    hint: str
    link: str
    either: str
    is_exclusive: bool

    def __new__(
        cls,
        words: str,
        hint: str = "",
        *,
        link: str = "",
        either: str = "",
        is_exclusive: bool = False,
    ) -> "Choice":
        choice = super().__new__(cls, words)
        choice.hint, choice.link = hint, link
        choice.either, choice.is_exclusive = either, is_exclusive
        return choice


class DateInput(forms.Widget):
    """Three boxes: day, month, year. What was typed comes back as it was typed."""

    input_type = "date-parts"

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[str, str, str]:
        """Return what was typed into the three boxes."""
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in DATE_PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether none of the boxes was on the page."""
        return all(f"{name}_{part}" not in data for part in DATE_PARTS)

    def boxes(self, value: Any) -> tuple[str, str, str]:
        """Return the words of the three boxes for a date, for what was typed, or for nothing."""
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        day, month, year = value or ("", "", "")
        return day, month, year

    def id_for_label(self, id_: str | None) -> str:
        """Return the id of the first box, where an error summary's link leads."""
        return f"{id_}_day" if id_ else ""

    def use_required_attribute(self, initial: Any) -> bool:
        """Say no: the server's sentence is clearer than the browser's."""
        return False


class GovDateField(forms.Field):
    """A date typed as day, month and year; months may be words.

    `not_before` and `not_after` are days, or functions that return one when the form is checked.
    `bday` as `autocomplete` marks the reader's own date of birth (WCAG 1.3.5); leave it for
    anyone else's.
    """

    widget = DateInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("Enter {the_label}"),
        "missing": gettext_lazy("{Label} must include a {what}"),
        "year": gettext_lazy("{Label} must have a year of 4 numbers"),
        "real": gettext_lazy("{Label} must be a real date"),
        "too_early": gettext_lazy("{Label} must be on or after {limit}"),
        "too_late": gettext_lazy("{Label} must be on or before {limit}"),
    }

    def __init__(
        self,
        *,
        not_before: date | Callable[[], date] | None = None,
        not_after: date | Callable[[], date] | None = None,
        autocomplete: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.not_before = not_before
        self.not_after = not_after
        self.widget.attrs["data-autocomplete"] = autocomplete

    def to_python(self, value: Any) -> date | None:
        """Return the date that was typed, or None for three empty boxes.

        Raises ValidationError of all that is wrong at once; `params["parts"]` of each names the
        boxes to mark.
        """
        if value is None or isinstance(value, date):
            return value
        if not any(value):
            return None
        faults = list(self._faults(*value))
        if faults:
            raise faults[0] if len(faults) == 1 else ValidationError(faults)
        day, month, year = value
        return date(int(year), _month(month), int(day))

    def validate(self, value: Any) -> None:
        """Refuse no date where one is needed, and dates outside the limits."""
        if value is None:
            if self.required:
                raise self._error("required", DATE_PARTS)
            return
        earliest, latest = _today_or_day(self.not_before), _today_or_day(self.not_after)
        if earliest and value < earliest:
            raise self._error("too_early", DATE_PARTS, limit=in_words(earliest))
        if latest and value > latest:
            raise self._error("too_late", DATE_PARTS, limit=in_words(latest))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the boxes say another date than before."""
        widget = DateInput()
        return widget.boxes(initial) != widget.boxes(data)

    def _faults(self, day: str, month: str, year: str) -> Iterator[ValidationError]:
        """Yield what is wrong: boxes left empty, the year, and a day that there cannot be."""
        typed = zip(DATE_PARTS, (day, month, year), strict=True)
        if missing := [part for part, text in typed if not text]:
            yield self._error("missing", missing, what=_both(missing))
        is_year = year.isdecimal() and len(year) == 4
        if year and not is_year:
            yield self._error("year", ["year"])
        if not _is_day(day or "1", month or "1", year if is_year else LEAP_YEAR):
            yield self._error("real", DATE_PARTS if is_year else DATE_PARTS[:2])

    def _error(self, code: str, parts: Sequence[str], **words: str) -> ValidationError:
        label = str(self.label or "date")
        placeholders = {"the_label": of(label), "Label": label} | {"what": "", "limit": ""} | words
        message = str(self.error_messages[code]).format(**placeholders)
        return ValidationError(message, code=code, params={"parts": tuple(parts)})


class ManyFilesInput(forms.FileInput):
    """A file box that takes several files at once."""

    allow_multiple_selected = True


FILES_TAKEN = gettext_lazy(
    "For example, you can send a PDF, a Word document, an email (.eml or .msg) or a photo."
)
"""What is said of the types of file that are taken (`documents.file_types`): the one sentence."""


class ManyFilesField(forms.FileField):
    """Several uploaded files; cleans to a list, empty when none was sent."""

    widget = ManyFilesInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "empty": gettext_lazy("{name} is empty. Export it again and send the whole file")
    }

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile]":
        """Return each file, checked."""
        files = [file for file in data or [] if file]
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return [self._checked(file, initial) for file in files]

    def _checked(self, file: UploadedFile, initial: Any) -> UploadedFile:
        """Return one file; refuse an empty one by its name, since there may be others."""
        if not file.size and not self.allow_empty_file:
            message = str(self.error_messages["empty"]).format(name=file.name)
            raise ValidationError(message, code="empty")
        checked: UploadedFile = super().clean(file, initial)
        return checked


def lower_first(words: str) -> str:
    """Return a label as it reads inside a sentence: "Date of birth" → "date of birth"; "UPN" and
    "DfE number" stay."""
    first = words.split(" ", 1)[0]
    return words if any(map(str.isupper, first[1:])) else words[:1].lower() + words[1:]


def in_sentence(people: str) -> str:
    """Return who said something as it reads inside a sentence: "A neighbour" → "a neighbour".

    A name stays: "Mo Malik", "A Star School".
    """
    first, _, rest = people.partition(" ")
    return lower_first(people) if first in _NAMELESS and rest[:1].islower() else people


_NAMELESS = {"A", "An", "Somebody", "Who"}
KNOWN_BY = {
    *("a", "an", "the", "this", "that", "your", "their", "his", "her", "its", "our", "my", "each"),
    *("who", "what", "which", "when", "where", "why", "how", "whether"),
}
"""Words with which a label already says which thing it means."""


def of(label: str) -> str:
    """Return a label as the thing to be given: "Date of birth" → "the date of birth".

    Only English can say so: other languages have the label between quotes.
    """
    if not is_english():
        return gettext("“{label}”").format(label=label)
    words = lower_first(label)
    return words if words.split(" ", 1)[0] in KNOWN_BY else f"the {words}"


def in_words(day: date) -> str:
    """Return a day as people write it in the language of the page: 23 November 2026."""
    return gettext(DAYS[day.month - 1]).format(day=day.day, year=day.year)


def is_english() -> bool:
    """Return whether pages are shown in English now."""
    return (get_language() or "en").startswith("en")


def label_of(part: str) -> str:
    """Return the label of a box of a date, such as Month."""
    labels = {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}
    return labels[part]


def _both(parts: Sequence[str]) -> str:
    """Return one or two parts of a date, as they stand in a sentence."""
    words = {"day": gettext("day"), "month": gettext("month"), "year": gettext("year")}
    first, *others = (words[part] for part in parts)
    return gettext("{first} and {last}").format(first=first, last=others[0]) if others else first


def _is_day(day: str, month: str, year: str) -> bool:
    try:
        date(int(year), _month(month), int(day))
    except (ValueError, OverflowError):  # the second: a number too long for any month
        return False
    return True


def _month(text: str) -> int:
    """Return the number of a month, written in numbers or as a word of any language offered.

    It does not depend on the language of the page: a form can be begun in another one.
    """
    lowered = text.casefold()
    for name, number in _month_names().items():
        if name == lowered or (len(lowered) >= SHORTEST and name.startswith(lowered)):
            return number
    return int(text)


@cache
def _month_names() -> dict[str, int]:
    """Return the number of each month by its names in all languages offered, English first.

    They are those of a day, and those that stand alone where Django has these: lipca, lipiec.
    """
    numbers: dict[str, int] = {}
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            for number, day in enumerate(DAYS, start=1):
                alone = gettext(MONTHS[number - 1].capitalize())
                for name in (gettext(day).format(day="", year=""), alone):
                    numbers.setdefault(name.casefold().strip(AROUND), number)
    return numbers


def _today_or_day(limit: date | Callable[[], date] | None) -> date | None:
    return limit() if callable(limit) else limit


class GovTimeField(forms.TimeField):
    """A time of day as people write it: *14:30*, *14.30*, *2:30pm*, *2 pm*."""

    default_formats = ("%H:%M", "%H:%M:%S", "%I:%M%p", "%I%p")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=self.default_formats, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the time; raises ValidationError where there is none."""
        if isinstance(value, str):
            value = value.lower().replace(" ", "").replace("a.m.", "am").replace("p.m.", "pm")
            value = value.replace(".", ":")
        return super().to_python(value)
