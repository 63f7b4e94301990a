"""`python -m training.gateways.stand_in --port 9000 --file … --webhook … --secret …`."""

import os
import threading
from argparse import ArgumentParser
from pathlib import Path

from .delivery import Weather
from .server import running


def main() -> None:
    parser = ArgumentParser(description="A card service of our own, for the demo.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--webhook", required=True, help="where events are told")
    parser.add_argument("--copies", type=int, default=2, help="how often each event is told")
    parser.add_argument("--delay", type=float, default=1.0, help="seconds at most before it is")
    parser.add_argument("--lost", type=float, default=0.0, help="share of events never told")
    parser.add_argument("--offset", type=float, default=0.0, help="seconds to the portal's clock")
    asked = parser.parse_args()
    weather = Weather(copies=asked.copies, delay=asked.delay, lost=asked.lost)
    with running(
        path=asked.file,
        port=asked.port,
        webhook=asked.webhook,
        secret=os.environ["STAND_IN_SECRET"],
        weather=weather,
        offset=asked.offset,
    ):
        threading.Event().wait()


main()
