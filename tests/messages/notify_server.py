"""A small server on this machine that speaks the published REST API of GOV.UK Notify.

Its answers and error texts are those of docs.notifications.service.gov.uk/rest-api.html (Send an
email, Send a text message, Error codes). It checks the token as Notify does: signed by the API key
(HS256), with the service's identifier, and no older than 30 seconds.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"made_up-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE, SMS_TEMPLATE = (
    "f33517ff-2a88-4f6e-b855-c550268ce08a",
    "0b2f35b1-6c1f-4a2b-9d3b-5e2a1c7d8e9f",
)
NEEDS = {EMAIL_TEMPLATE: {"subject", "body"}, SMS_TEMPLATE: {"body"}}
TEAM_ONLY = "Can't send to this recipient using a team-only API key"
CLOCK = "Error: Your system clock must be accurate to within 30 seconds"
Problem = tuple[int, str, str]


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_POST(self) -> None:
        """Take a message, or say what is wrong with it."""
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        problem = self.server.problem or self._unknown() or self._wrong(data)
        if problem:
            code, error, message = problem
            errors = [{"error": error, "message": message}]
            return self._answer(code, {"status_code": code, "errors": errors})
        self.server.taken.append((self.path, data))
        template = {"id": data["template_id"], "version": 1, "uri": "/v2/template"}
        answer = {"id": EMAIL_TEMPLATE, "reference": None, "uri": "/v2", "template": template}
        return self._answer(201, {**answer, "content": data["personalisation"]})

    def _unknown(self) -> Problem | None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.PyJWTError:
            return 403, "AuthError", "Invalid token: API key not found"
        if claims["iss"] != SERVICE:
            return 403, "AuthError", "Invalid token: service not found"
        if abs(time.time() - claims["iat"]) > 30:
            return (
                403,
                "AuthError",
                "Error: Your system clock must be accurate to within 30 seconds",
            )
        return None

    def _wrong(self, data: dict[str, Any]) -> Problem | None:
        is_sms = self.path == "/v2/notifications/sms"
        address = data["phone_number" if is_sms else "email_address"]
        if is_sms and not address.startswith(("07", "+447")):
            return 400, "ValidationError", "phone_number Not a UK mobile number"
        if not is_sms and "@" not in address:
            return 400, "ValidationError", "email_address Not a valid email address"
        if address in self.server.not_in_team:
            return 400, "BadRequestError", TEAM_ONLY
        needs = NEEDS.get(data["template_id"])
        if needs is None or needs != NEEDS[SMS_TEMPLATE if is_sms else EMAIL_TEMPLATE]:
            return 400, "BadRequestError", "Template not found"
        missing = needs - set(data.get("personalisation", {}))
        return (400, "BadRequestError", f"Missing personalisation: {missing}") if missing else None

    def _answer(self, code: int, answer: dict[str, Any]) -> None:
        content = json.dumps(answer).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        """Say nothing of it."""


class _Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.not_in_team: set[str] = set()
        self.problem: Problem | None = None


@dataclass
class NotifyServer:
    """Where it listens, what it took, and what it is told to refuse."""

    running: _Server = field(repr=False)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.running.server_address[1]}"

    @property
    def taken(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the address and the content of each message that it took."""
        return self.running.taken

    def refuse(self, code: int, error: str = "", message: str = "") -> None:
        """Refuse all that comes from now on, as Notify would."""
        self.running.problem = (code, error, message)

    def mend(self) -> None:
        """Take all that is right again."""
        self.running.problem = None

    def know_only_a_team(self, *strangers: str) -> None:
        """Send nothing to these addresses, as with a key for a team alone."""
        self.running.not_in_team |= set(strangers)


@contextmanager
def running() -> Iterator[NotifyServer]:
    """Run Notify."""
    with _Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield NotifyServer(server)
        server.shutdown()
        thread.join()
