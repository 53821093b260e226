"""Somebody at the public form, from one network address, over real HTTP."""

import re
import secrets
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
RECEIVED = "/refer/received/"
Answers = dict[str, str]


class Browser:
    """A browser without scripts. `address` is what the proxy in front says of it."""

    def __init__(self, port: int, address: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._address, self._token = address, ""
        self._cookies: dict[str, str] = {}

    def refer(self, *pages: Answers) -> bool:
        """Fill in the form page by page and send it; return whether it was acknowledged.

        A page that is not taken (the service is busy) is sent again, as a person would, for a
        minute.
        """
        self._token = self._token or self._open(self._first_page())
        path = "/refer/"
        for answers in (*pages, {}):
            path = self._send(path, answers)
        return path.startswith(RECEIVED)

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _first_page(self) -> str:
        """Return the address of a first page of one's own, to which that of all leads."""
        answer, _ = self._ask("GET", "/refer/")
        leads_to = answer.headers.get("Location") if answer else None
        return leads_to or "/refer/"

    def _open(self, path: str) -> str:
        """Open a page with a form; return the token of the form."""
        _, content = self._ask("GET", path)
        return self.token_of(content)

    @staticmethod
    def token_of(content: str) -> str:
        """Return the token of the form on a page; empty where there is none."""
        found = TOKEN.search(content)
        return found[1] if found else ""

    def body(self, answers: Answers) -> str:
        """Return a page of the form as a browser sends it."""
        hidden = {"csrfmiddlewaretoken": self._token, "form_key": secrets.token_hex(16)}
        return urlencode({**hidden, **answers})

    def _send(self, path: str, answers: Answers) -> str:
        """Send a page of the form; return where it leads, or "" where it is not taken."""
        body = self.body(answers)
        ends = time.monotonic() + 60
        while path and time.monotonic() < ends:
            answer, _ = self._ask("POST", path, body)
            if answer is not None and answer.status == HTTPStatus.FOUND:
                return answer.headers["Location"]
            time.sleep(0.5)  # a person waits a moment before pressing again
        return ""

    def _ask(self, method: str, path: str, body: str = "") -> tuple[HTTPResponse | None, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookies,
            "X-Forwarded-For": self._address,
        }
        try:
            self._connection.request(method, path, body or None, headers)
            answer = self._connection.getresponse()
            content = answer.read().decode("utf-8", "replace")
        except (OSError, HTTPException):
            self._connection.close()
            return None, ""
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer, content
