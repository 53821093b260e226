"""A page as its reader has it: headings, links and words, not the characters it is made of."""

from copy import deepcopy
from functools import cached_property

from lxml import html

from onroll.receipts import keys

HEADINGS = ".//h1 | .//h2 | .//h3 | .//h4"
KEYS = f".//input[@name='csrfmiddlewaretoken' or @name='{keys.FIELD}']"
NONCES, SECONDS = ".//*[@nonce]", ".//*[@data-seconds]"
"""What is new in each answer: the keys of forms, of scripts, and how long a session lasts."""


class Page:
    """A page of the service. `source` is for what must not even stand hidden in it."""

    def __init__(self, content: bytes | str) -> None:
        self.source = content.decode() if isinstance(content, bytes) else content

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The elements of the page."""
        return html.fromstring(self.source)

    @cached_property
    def main(self) -> html.HtmlElement:
        """The part of the page that differs from other pages."""
        return self.tree.find(".//main")

    @property
    def title(self) -> str:
        """Return the title of the window."""
        return plain(self.tree.findtext(".//title") or "")

    @property
    def identity(self) -> str:
        """Return the words of the bar that says whom the page is about."""
        return plain("".join(bar.text_content() for bar in self.tree.find_class("onroll-identity")))

    @cached_property
    def text(self) -> str:
        """The words of the main part."""
        return plain(self.main.text_content())

    def without(self, caption: str) -> str:
        """Return the words of the main part but for the table of a caption."""
        main = deepcopy(self.main)
        for table in main.xpath(".//table[.//caption[normalize-space() = $it]]", it=caption):
            table.drop_tree()
        return plain(main.text_content())

    @property
    def headings(self) -> list[str]:
        """Return the headings of the main part, from the top."""
        return [plain(heading.text_content()) for heading in self.main.xpath(HEADINGS)]

    @property
    def links(self) -> dict[str, str]:
        """Return the words of each link and button that leads on, with its address."""
        return {plain(link.text_content()): str(link.get("href")) for link in self.tree.iter("a")}

    @property
    def addresses(self) -> list[str]:
        """Return the address of each link, as often as it stands on the page."""
        return [str(link.get("href")) for link in self.tree.iter("a")]

    @property
    def back(self) -> str:
        """Return the address to which the page leads back."""
        (link,) = self.tree.find_class("govuk-back-link")
        return str(link.get("href"))

    @property
    def alerts(self) -> list[str]:
        """Return the words that are read out at once: what was done."""
        return [plain(alert.text_content()) for alert in self.tree.xpath(".//*[@role='alert']")]

    @property
    def drawings(self) -> list[str]:
        """Return the names of the drawings."""
        return [plain(each.findtext("title")) for each in self.main.xpath(".//*[@role='img']")]

    @property
    def marks(self) -> dict[str, str]:
        """Return what is marked, by the words that it stands in."""
        marks = self.main.iter("mark")
        return {
            plain(mark.getparent().text_content()): plain(mark.text_content()) for mark in marks
        }

    @property
    def buttons(self) -> list[str]:
        """Return the words of the buttons that send a form."""
        return [plain(button.text_content()) for button in self.tree.iter("button")]

    @property
    def answers(self) -> dict[str, str]:
        """Return what stands in the boxes of the forms, by the names of the boxes."""
        lines = self.main.xpath(".//input[@name and not(@type='hidden' or @type='radio')]")
        return {
            **{str(line.get("name")): str(line.get("value", "")) for line in lines},
            **{
                str(box.get("name")): str(box.text or "").strip()
                for box in self.main.iter("textarea")
            },
        }

    @property
    def choices(self) -> list[str]:
        """Return the values of the answers that can be chosen from."""
        return [str(radio.get("value")) for radio in self.main.xpath(".//input[@type='radio']")]

    @property
    def rows(self) -> list[str]:
        """Return the words of each row of the tables."""
        return [plain(row.text_content()) for row in self.main.iter("tr")]

    @property
    def cells(self) -> list[list[str]]:
        """Return the words of each cell of the tables, row by row."""
        return [[plain(cell.text_content()) for cell in row] for row in self.main.iter("tr")]

    @property
    def facts(self) -> dict[str, str]:
        """Return what the summaries say, by the words in front of it."""
        return {
            plain(key.text_content()): plain(key.getnext().text_content())
            for key in self.main.iter("dt")
        }


def spoken(element: html.HtmlElement) -> str:
    """Return the words of a part of a page as they are read out: those of each element apart."""
    return plain(" ".join(element.itertext()))


def lasting(element: html.HtmlElement) -> str:
    """Return a part of a page as it stands, without what is new in each answer."""
    part = deepcopy(element)
    for attribute, each in (("value", KEYS), ("nonce", NONCES), ("data-seconds", SECONDS)):
        for holder in part.xpath(each):
            del holder.attrib[attribute]
    return str(html.tostring(part, encoding="unicode", with_tail=False))


def plain(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
