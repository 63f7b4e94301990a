"""Events told to the portal, as badly as the world does it: twice, late, in disorder, or never.

Signed with the real scheme. What is not acknowledged is told again, after 1, 2, 4… seconds.
"""

import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException
from random import Random
from threading import Event, Thread
from urllib.error import URLError
from urllib.request import Request, urlopen

from .books import Books, Thing, sweep

PATIENCE = 10  # seconds for an answer
LONGEST_PAUSE = 300  # seconds between two attempts
GIVE_UP = 3 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Weather:
    """How badly events are told: copies of each, delay up to so many seconds, share lost."""

    copies: int = 1
    delay: float = 0.0
    lost: float = 0.0
    seed: int = 1


def signature(body: bytes, secret: str, at: int) -> str:
    """The header of a message signed at an instant."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256)
    return f"t={at},v1={mac.hexdigest()}"


def post(url: str, body: bytes, header: str) -> int:
    """Tell it; the status of the answer, 0 without any."""
    headers = {"Content-Type": "application/json", "Stripe-Signature": header}
    asked = Request(url, data=body, headers=headers, method="POST")  # noqa: S310 (our own address)
    try:
        with urlopen(asked, timeout=PATIENCE) as reply:  # noqa: S310
            return int(reply.status)
    except URLError as error:
        return int(getattr(error, "code", 0))
    except (HTTPException, OSError):
        return 0


@dataclass
class Postman:
    """Tells each event of the books to one address until it is acknowledged."""

    books: Books
    url: str
    secret: str
    weather: Weather = field(default_factory=Weather)
    send: Callable[[str, bytes, str], int] = post

    def __post_init__(self) -> None:
        self._random = Random(self.weather.seed)  # noqa: S311 (the weather, not a secret)
        self._due: list[tuple[float, int, str]] = []
        self._known: set[str] = set()
        self._stop = Event()

    def run(self, every: float = 0.2) -> None:
        """Until it is stopped."""
        while not self._stop.wait(every):
            with self.books.lock:
                sweep(self.books)
            self.round(time.time())

    def start(self) -> "Postman":
        Thread(target=self.run, daemon=True).start()
        return self

    def stop(self) -> None:
        self._stop.set()

    def round(self, now: float) -> None:
        """Plan what is new, tell what is due."""
        with self.books.lock:
            fresh = [
                each
                for each in self.books.all("event")
                if each["pending_webhooks"] and each["id"] not in self._known
            ]
        for event in reversed(fresh):
            self._known.add(event["id"])
            for _copy in range(self.weather.copies):
                if self._random.random() >= self.weather.lost:
                    at = now + self._random.uniform(0, self.weather.delay)
                    self._due.append((at, 0, event["id"]))
        due = sorted(each for each in self._due if each[0] <= now)
        self._due = [each for each in self._due if each[0] > now]
        for _at, tries, name in due:
            self._tell(name, tries, now)

    def _tell(self, name: str, tries: int, now: float) -> None:
        with self.books.lock:
            event = self.books.get(name, "event")
        body = json.dumps(event).encode()
        status = self.send(self.url, body, signature(body, self.secret, int(time.time())))
        if 200 <= status < 300:
            self._acknowledged(event)
        elif self.books.dated() - event["created"] < GIVE_UP:
            self._due.append((now + min(2**tries, LONGEST_PAUSE), tries + 1, name))

    def _acknowledged(self, event: Thing) -> None:
        with self.books.lock:
            self.books.put(event | {"pending_webhooks": 0})
