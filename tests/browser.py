"""The browser of journeys and screenshots."""

import shutil
import subprocess

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first is Chromium without the windows, menus and panels that nobody sees: a third of the
work for the same pages."""


def system_chromium() -> str | None:
    """The system's Chromium, when it starts; None leaves it to the one that Playwright installed.

    Ubuntu's package may only point to a snap that is not there.
    """
    for name in PROGRAMS:
        program = shutil.which(name)
        if program is None:
            continue
        if subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0:
            return program
    return None
