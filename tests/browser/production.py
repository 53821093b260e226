"""The service as it runs in production: its settings, https on this machine, commands beside it.

A proxy that speaks https with a certificate of its own stands in front, as docs/running.md asks.
"""

import base64
import hashlib
import os
import secrets
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, Playwright

from tests import waiting

HOST = "children.harrow.example"
ENDED_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass(frozen=True)
class Service:
    """What runs: where, with which settings, and the key its certificate vouches for."""

    url: str
    port: int
    environment: dict[str, str]
    key_hash: str

    def onroll(self, *arguments: str) -> str:
        """Run a command on the server and return what it prints; fail when it does not work."""
        done = subprocess.run(
            _command(*arguments), env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def browser(self, playwright: Playwright) -> Browser:
        """Start Chromium, which finds the service under its name and trusts its certificate."""
        return playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[
                "--no-sandbox",
                f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{self.port}",
                f"--ignore-certificate-errors-spki-list={self.key_hash}",
            ],
        )


@contextmanager
def running(*, database_url: str, folder: Path) -> Iterator[Service]:
    """Run web server and proxy in front of a database for a while."""
    with ExitStack() as stack:
        inside = _free_port()
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DATABASE_URL": database_url,
            "ONROLL_SECRET_KEY": secrets.token_urlsafe(50),
            "ONROLL_HOSTS": HOST,
            "ONROLL_BEHIND_PROXY": "yes",
            "ONROLL_PROXIES": "1",
            "ONROLL_WEB_PROCESSES": "1",
        }
        web = subprocess.Popen(_command("web", "--port", str(inside)), env=environment)
        stack.callback(_end, web)
        waiting.until(lambda: web.poll() is not None or _is_well(inside))
        assert web.poll() is None, "The web server did not start."
        key_hash = _certificate(folder)
        outside = stack.enter_context(_proxy(folder, to=inside))
        yield Service(f"https://{HOST}", outside, environment, key_hash)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "onroll.config.command", *arguments]


def _end(web: "subprocess.Popen[bytes]") -> None:
    web.terminate()
    web.wait(timeout=30)


def _free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _is_well(port: int) -> bool:
    asked = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asked.request("GET", "/health/", headers={"Host": HOST})
        return asked.getresponse().status == 200
    except OSError:
        return False
    finally:
        asked.close()


def _certificate(folder: Path) -> str:
    """Write a certificate for the service into a folder; return the hash of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    secret = key.private_bytes(
        form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "service.pem").write_bytes(secret + made.public_bytes(form))
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(public).digest()).decode()


@contextmanager
def _proxy(folder: Path, *, to: int) -> Iterator[int]:
    """Answer https on a port of this machine for a while, and hand each request on."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = dict(self.headers.items()) | {
                "X-Forwarded-For": self.client_address[0],
                "X-Forwarded-Proto": "https",
            }
            asked = HTTPConnection("127.0.0.1", to, timeout=60)
            asked.request(self.command, self.path, body or None, headers)
            answer = asked.getresponse()
            content = answer.read()
            asked.close()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ENDED_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            with suppress(OSError):  # the browser has gone on to another page
                self.end_headers()
                self.wfile.write(content)

        do_GET = do_POST = hand_on

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "service.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
