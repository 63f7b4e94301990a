"""A small SMTP server in this process: it keeps what it accepts, refuses and hangs on demand."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from typing import cast


@dataclass
class Behaviour:
    """What the server does, changed by the test while it runs."""

    refused: set[str] = field(default_factory=set)  # recipients
    greeting_after: float = 0.0  # seconds
    received: list[Message] = field(default_factory=list)
    sessions: int = 0


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.behaviour = Behaviour()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Session(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        behaviour = cast("Server", self.server).behaviour
        behaviour.sessions += 1
        time.sleep(behaviour.greeting_after)
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT" and any(address in line for address in behaviour.refused):
                self.say("550 no such person")
            elif verb == "DATA":
                self.say("354 go on")
                behaviour.received.append(message_from_string(self.read_mail()))
                self.say("250 kept")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def read_mail(self) -> str:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines).decode()


@contextmanager
def smtp_sink() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
