"""The stand-in as a small server on the loopback address."""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from . import api, pages
from .books import Books, Wrong, end_dispute, pay_checkout, pay_out
from .delivery import Postman, Weather

HOST = "127.0.0.1"
REAL = ("ARIANE_SECRET_KEY", "ARIANE_STRIPE_KEY", "ARIANE_HOSTS")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
)
BIGGEST = 100_000  # bytes of a question


class RealInstallation(Exception):
    """Settings of a real installation are at hand: no money is imitated there."""


class StandIn(ThreadingHTTPServer):
    """Books, and the address at which they are asked."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, books: Books, port: int = 0) -> None:
        if found := [name for name in REAL if os.environ.get(name)]:
            raise RealInstallation(", ".join(found))
        super().__init__((HOST, port), Handler)
        self.books = books
        self.base = f"http://localhost:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StandIn

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path.startswith("/v1/"):
            return self._api(path.query)
        if path.path == "/style.css":
            return self._send(200, pages.STYLE.encode(), "text/css; charset=utf-8")
        with self.server.books.lock:
            if path.path == "/":
                return self._page(pages.desk(self.server.books))
            session = self._session(path.path)
            if session is None:
                return self._page(pages.page("Introuvable", "<h1>Introuvable</h1>"), 404)
            return self._page(pages.checkout(session))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > BIGGEST:
            return self._send(413, b"", "text/plain")
        text = self.rfile.read(length).decode("utf-8", "replace")
        path = urlsplit(self.path).path
        if path.startswith("/v1/"):
            return self._api(text)
        with self.server.books.lock:
            return self._gesture(path, text)

    def _gesture(self, path: str, text: str) -> None:
        books = self.server.books
        ending = re.fullmatch(r"/stand-in/dispute/(\w+)/(won|lost)", path)
        if path == "/stand-in/payout":
            pay_out(books)
            return self._go("/")
        if ending:
            end_dispute(books, books.get(ending[1], "dispute"), won=ending[2] == "won")
            return self._go("/")
        session = self._session(path)
        if session is None:
            return self._page(pages.page("Introuvable", "<h1>Introuvable</h1>"), 404)
        refused = pay_checkout(books, session, str(api.decode(text).get("card", "")))
        if refused:
            return self._page(pages.checkout(session, refused), 422)
        return self._go(session["success_url"])

    def _session(self, path: str) -> Any:
        try:
            return self.server.books.get(path.removeprefix("/c/pay/"), "checkout.session")
        except Wrong:
            return None

    def _api(self, text: str) -> None:
        books, base = self.server.books, self.server.base
        path, asked = urlsplit(self.path).path, api.decode(text)
        status, body, extra = api.answer(
            books, method=self.command, path=path, asked=asked, headers=self.headers, base=base
        )
        self._send(status, json.dumps(body).encode(), "application/json", extra)

    def _go(self, where: str) -> None:
        self._send(303, b"", "text/plain", {"Location": where})

    def _page(self, body: bytes, status: int = 200) -> None:
        self._send(status, body, "text/html; charset=utf-8")

    def _send(
        self, status: int, body: bytes, kind: str, extra: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body))}
        headers |= {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        for name, value in (headers | (extra or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        """Nothing is logged: the portal's own log says what matters."""


@contextmanager
def running(
    *,
    path: Path | None = None,
    port: int = 0,
    webhook: str = "",
    secret: str = "",
    weather: Weather | None = None,
    dated: Callable[[], float] | None = None,
) -> Iterator[StandIn]:
    """The stand-in, answering on a thread; with `webhook`, it tells its events there.

    `dated`: as of `Books`.
    """
    books = Books(path, dated=dated)
    server = StandIn(books, port)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    postman = Postman(books, webhook, secret, weather or Weather()) if webhook else None
    if postman:
        postman.start()
    try:
        yield server
    finally:
        if postman:
            postman.stop()
        server.shutdown()
        server.server_close()
        books.close()
