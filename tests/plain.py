"""How hard a text is to read: its sentences, their words, and the grade of Flesch and Kincaid.

Syllables are counted by groups of vowels, which is near enough and needs no dictionary.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import html

VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^aeiouyl]e|[^dt]ed|[^aeiouycgsxz]es)$")
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
BLOCKS = ("p", "li", "dt", "dd", "td", "legend", "label", "summary", "h1", "h2", "h3")
LONGEST = 20  # words of a sentence


def syllables(word: str) -> int:
    """Return about how many syllables a word has."""
    letters = word.lower().strip("’'-")
    groups = len(VOWELS.findall(letters))
    return max(1, groups - bool(groups > 1 and SILENT.search(letters)))


def sentences(texts: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of texts; each text ends one."""
    for text in texts:
        for sentence in re.split(r"(?<=[.!?:;])\s+", " ".join(text.split())):
            if WORD.search(sentence):
                yield sentence


def words(sentence: str) -> list[str]:
    """Return the words of a sentence; numbers, references and addresses are none."""
    plain = re.sub(r"https?://\S+|\b[0-9A-Z]{3}(?:-[0-9A-Z]{3}){2}\b", "", sentence)
    return WORD.findall(plain)


def grade(texts: Iterable[str]) -> float:
    """Return the Flesch-Kincaid grade of texts together."""
    each = [found for sentence in sentences(texts) if (found := words(sentence))]
    count = sum(map(len, each))
    spoken = sum(syllables(word) for sentence in each for word in sentence)
    return 0.39 * count / len(each) + 11.8 * spoken / count - 15.59


def texts_of(content: bytes) -> list[str]:
    """Return the texts of a page's main part: the innermost paragraphs, items, questions and cells.

    What stands in an element of its own within one is a word apart.
    """
    main = html.fromstring(content).find(".//main")
    blocks = (block for block in main.iter(*BLOCKS) if not _holds_blocks(block))
    return [" ".join(block.itertext()) for block in blocks]


def too_long(texts: Iterable[str]) -> list[str]:
    """Return the sentences of texts that have more words than a sentence may have."""
    return [sentence for sentence in sentences(texts) if len(words(sentence)) > LONGEST]


def _holds_blocks(block: html.HtmlElement) -> bool:
    return any(inner.tag in BLOCKS for inner in block.iterdescendants())
