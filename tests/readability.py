"""How hard a text is to read: the grade of Flesch and Kincaid, and sentences that are too long.

Grade: 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others 1975). A
syllable is a group of vowels, without a silent e at the end; that is right for nine English words
in ten, and errs to both sides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

LONGEST = 20  # words of a sentence
BLOCKS = {
    "p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "td", "th", "label", "legend", "summary",
    "caption", "button", "figcaption",
}  # fmt: skip
_END = re.compile(r"(?<=[.!?:;])[\s”’)]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^aeiouyl]e|[^aeiouytd]ed|[^aeiouysxzcg]es)$")


@dataclass(frozen=True)
class Reading:
    """What was counted in a text."""

    sentences: int
    words: int
    syllables: int
    too_long: tuple[str, ...]

    @property
    def grade(self) -> float:
        """Return the school grade (of the USA) from which a text can be read."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def syllables(word: str) -> int:
    """Return about how many syllables an English word has; at least one."""
    plain = word.lower().strip("’'-")
    groups = len(_VOWELS.findall(plain))
    return max(1, groups - (groups > 1 and bool(_SILENT.search(plain))))


def read(sentences: list[str]) -> Reading:
    """Count the words and syllables of sentences."""
    words = [_WORD.findall(sentence) for sentence in sentences]
    return Reading(
        sentences=sum(bool(found) for found in words),
        words=sum(map(len, words)),
        syllables=sum(syllables(word) for found in words for word in found),
        too_long=tuple(
            sentence
            for sentence, found in zip(sentences, words, strict=True)
            if len(found) > LONGEST
        ),
    )


def sentences_of(page: bytes) -> list[str]:
    """Return the sentences of the main part of a page, each block of it by itself."""
    return [
        sentence
        for block in _blocks(html.fromstring(page).find(".//main"))
        for sentence in split(block)
    ]


def split(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in _END.split(" ".join(text.split())) if _WORD.search(part)]


def _blocks(element: html.HtmlElement) -> Iterator[str]:
    """Yield the texts of the innermost blocks, without those of the blocks inside them."""
    for block in element.iter(*BLOCKS):
        if not any(inner.tag in BLOCKS for inner in block.iterdescendants()):
            yield " ".join(block.itertext())
