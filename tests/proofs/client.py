"""A person's browser that notes acts one after the other, as a process that can be killed.

`python -m tests.proofs.client FILE`: each line of FILE is a request in JSON; each act that the
server has acknowledged is written at once in FILE.done. No answer: the same request again.
"""

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

UNREAD = 422
READ = re.compile(r'name="read" value="([^"]*)"')
TOKEN = "t" * 32  # both cookie and field: what Django asks of a form against forgery
GIVE_UP = 90  # seconds without any answer


@dataclass(frozen=True, slots=True)
class Noting:
    """One act to note, by whom: a session, and the fields of the form."""

    port: int
    path: str
    session: str
    fields: dict[str, str]

    def send(self, timeout: float = 60) -> tuple[int, str]:
        """The status and the address to go to. Raises OSError or HTTPException without answer.

        A refusal comes back to be read: this person reads it, and has the act noted unpaid.
        """
        status, place, page = self._post(timeout)
        read = READ.search(page)
        if status != UNREAD or read is None:
            return status, place
        confirmed = replace(self, fields=self.fields | {"read": unescape(read[1])})
        return confirmed._post(timeout)[:2]

    def _post(self, timeout: float) -> tuple[int, str, str]:
        http = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            http.request("POST", self.path, self.body(), self.headers())
            answer = http.getresponse()
            page = answer.read().decode()
            return answer.status, answer.getheader("Location") or "", page
        finally:
            http.close()

    def body(self) -> str:
        return urlencode(self.fields | {"csrfmiddlewaretoken": TOKEN})

    def headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
        }


def acknowledged(noting: Noting) -> tuple[int, str]:
    """Send until there is an answer, as a person would who sees an error page."""
    deadline = time.monotonic() + GIVE_UP
    while True:
        try:
            return noting.send()
        except (OSError, HTTPException):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def read(path: Path) -> Iterator[Noting]:
    for line in path.read_text().splitlines():
        yield Noting(**json.loads(line))


def main(path: Path) -> None:
    with path.with_suffix(".done").open("a") as done:
        for noting in read(path):
            status, place = acknowledged(noting)
            done.write(f"{noting.fields['request_id']} {status} {place}\n")
            done.flush()
            os.fsync(done.fileno())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
