"""A person at a browser without scripts, over real HTTP. Nothing is asked twice by itself."""

import uuid
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from lxml import html

PATIENCE = 30  # seconds; longer than a page may take while the service starts again
Broken = (OSError, HTTPException)
"""What is raised when an answer does not come, or not whole."""


@dataclass(frozen=True)
class Page:
    """What came back: the address asked for, the status, where it leads, and the page."""

    address: str
    status: int
    leads_to: str
    content: bytes

    def form(self, field: str = "", *, to: str = "") -> Any:
        """Return the form that has this field, or that is sent to an address, or None."""
        if self.status != 200 or not self.content:
            return None
        page: Any = html.fromstring(self.content, base_url=self.address)
        forms = (
            form
            for form in page.forms
            if (field and field in form.fields) or (to and (form.get("action") or "").endswith(to))
        )
        return next(forms, None)


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nothing: that a page leads on is its answer, and asking again another matter."""


class Visitor:
    """One person. `address` is what a proxy in front says of them, where the service trusts one."""

    def __init__(self, root: str, email: str, *, address: str = "") -> None:
        self._root, self._email = root, email
        self._headers = {"X-Forwarded-For": address} if address else {}
        self._jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._jar), _Stays)

    def cookies(self) -> str:
        """Return what the browser keeps, as a request's header says it."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def sign_in(self) -> bool:
        """Sign in as one of the demo's people; say whether that worked."""
        page = self.open("/demo/sign-in/")
        form = page.form("next")
        if form is None:
            return False
        return self.send(page.address, form, {"email": self._email}).status == 302

    def open(self, path: str) -> Page:
        """Open a page."""
        return self._ask(Request(urljoin(self._root, path), headers=self._headers))

    def send(
        self,
        address: str,
        form: Any,
        answers: dict[str, str],
        files: dict[str, bytes] | None = None,
    ) -> Page:
        """Fill in a form and send it once, with all that it holds."""
        data = {**dict(form.form_values()), **answers}
        boundary = uuid.uuid4().hex
        parts = [_part(boundary, f'name="{name}"', value.encode()) for name, value in data.items()]
        for input_ in form.xpath(".//input[@type='file']"):
            for name, content in (files or {}).items():
                about = f'name="{input_.name}"; filename="{name}"'
                parts.append(_part(boundary, about, content))
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        to = urljoin(address, form.get("action") or address)
        headers = {"Content-Type": kind, **self._headers}
        return self._ask(Request(to, data=body, headers=headers))

    def _ask(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return Page(request.full_url, answer.status, "", answer.read())
        except HTTPError as error:
            with error:
                leads_to = error.headers.get("Location", "")
                return Page(request.full_url, error.code, leads_to, b"")


def _part(boundary: str, about: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {about}\r\n\r\n"
    return head.encode() + content + b"\r\n"
