"""The files that the repository holds."""

import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
TEXT = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".csv", ".json", ".svg", ".po"}


@cache
def tracked() -> tuple[Path, ...]:
    """Paths from the root, those not yet committed included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(
        path
        for line in listed.stdout.splitlines()
        if (path := Path(line)) and (ROOT / path).is_file()
    )


def texts() -> list[Path]:
    """Source, documentation and data; scripts without extension too, lock files not."""
    return [
        path
        for path in tracked()
        if path.suffix in TEXT or (not path.suffix and path.name != ".python-version")
    ]


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
