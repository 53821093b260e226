"""A person at a browser without scripts: opens pages, follows links, fills in and sends forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from onroll.accounts.models import User

Answer = str | Sequence[str]
SENT = ".//button | .//input[@type='submit']"


@dataclass(frozen=True)
class FilledIn:
    """A form as somebody filled it in, with all that stands hidden in it; not sent yet."""

    address: str
    data: Mapping[str, Any]
    files: Mapping[str, Sequence[tuple[str, bytes]]]

    def whole(self) -> dict[str, Any]:
        """Return everything it holds, each file with its bytes anew."""
        return {**self.data} | {
            field: [SimpleUploadedFile(name, content) for name, content in sent]
            for field, sent in self.files.items()
        }


class Visitor:
    """One person, signed in or not. Forms are sent with all they hold, the CSRF token too.

    The page that is open first is "/": asked for when somebody looks at it, for most visitors open
    another at once, and Today is the longest of all pages.
    """

    status: int
    content: bytes
    address: str
    _page: html.HtmlElement | None

    def __init__(self, user: User | None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if user is not None:
            self.client.force_login(user)

    def __getattr__(self, name: str) -> Any:
        """Open the first page where none was opened before."""
        if name not in {"status", "content", "address", "_page"}:
            raise AttributeError(name)
        return getattr(self.open("/"), name)

    def open(self, address: str) -> "Visitor":
        """Open an address, and whatever it leads on to."""
        return self.arrive(self.client.get(address, follow=True))

    def arrive(self, response: Any) -> "Visitor":
        """Take an answer as the page that is open now."""
        self.status = response.status_code
        self.content = b"".join(response) if response.streaming else response.content
        self.address = response.request["PATH_INFO"]
        if query := response.request["QUERY_STRING"]:
            self.address += f"?{query}"
        self._page = html.fromstring(self.content) if self._is_page(response) else None
        return self

    @staticmethod
    def _is_page(response: Any) -> bool:
        return bool(response["Content-Type"].startswith("text/html") and response.content)

    @property
    def page(self) -> html.HtmlElement:
        """Return the page that is open."""
        assert self._page is not None, f"{self.address} is not a page"
        return self._page

    @property
    def title(self) -> str:
        """Return the title of the window."""
        return _plain(self.page.findtext(".//title") or "")

    @property
    def text(self) -> str:
        """Return the words of the page's main part."""
        return _plain(self.page.find(".//main").text_content())

    def see(self, *words: str) -> "Visitor":
        """Fail unless the page says all these words."""
        missing = [each for each in words if each not in self.text]
        assert not missing, f"{self.address} does not say {missing}: {self.text}"
        return self

    def follow(self, words: str) -> "Visitor":
        """Follow the first link whose words hold these."""
        links = (a for a in self.page.iter("a") if words in _plain(a.text_content()))
        link = next(links, None)
        assert link is not None, f"{self.address} has no link “{words}”: {self.text}"
        return self.open(urljoin(self.address, str(link.get("href"))))

    def send(
        self, button: str, *, files: dict[str, bytes] | None = None, **answers: Answer
    ) -> "Visitor":
        """Fill in and send the form that has this button; `files` are by their names."""
        form = self.fill_in(button, files=files, **answers)
        return self.arrive(self.client.post(form.address, form.whole(), follow=True))

    def fill_in(
        self, button: str, *, files: dict[str, bytes] | None = None, **answers: Answer
    ) -> FilledIn:
        """Fill in the form that has this button, and keep it instead of sending it."""
        form, pressed = self._form(button)
        data: dict[str, Any] = dict(_filled_in(form))
        if name := pressed.get("name"):
            data[name] = pressed.get("value", "")
        unknown = set(answers) - {str(field.name) for field in form.inputs if field.name}
        assert not unknown, f"{self.address} does not ask for {unknown}"
        data |= answers
        sent = {
            str(field.name): tuple((files or {}).items())
            for field in form.xpath(".//input[@type='file']")
        }
        return FilledIn(form.get("action") or self.address, data, sent)

    def _form(self, button: str) -> tuple[html.FormElement, html.HtmlElement]:
        """Return the form that has this button, and the button."""
        for form in self.page.forms:
            for each in form.xpath(SENT):
                if button in _plain(each.text_content()):
                    assert form.get("method", "get").lower() == "post"
                    return form, each
        raise AssertionError(f"{self.address} has no button “{button}”: {self.text}")


def _filled_in(form: html.FormElement) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


def _plain(text: str) -> str:
    return " ".join(text.split())
