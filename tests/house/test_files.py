"""Small files, well named, without anything of a machine or of a real person."""

import re
import tomllib

from tests.house.tracked import ROOT, read, texts, tracked

LONGEST = 400  # lines
LONGEST_TEST = 800  # tables of cases are read by the line
LONGEST_SETTINGS = 150
GENERATED = ("migrations", "locale")
FICTION = re.compile(r"01 ?99 ?00|06 ?39 ?98|01 45 45 45 45|01 43 41 14 00")
TELEPHONE = re.compile(r"(?<![\d.])0[1-79](?:[  .]\d\d){4}(?![\d.])|(?<!\d)0[67]\d{8}(?!\d)")
OF_A_MACHINE = re.compile(
    r"/(?:root|home/[a-z]+|opt|work)/|pypi\.org|pythonhosted\.org|index-url [^-\s]|http://(?!127\.)\d+\.\d+"
)


def test_files_short() -> None:
    written = [
        path
        for path in texts()
        if path.suffix in {".py", ".html", ".css"} and not set(GENERATED) & set(path.parts)
    ]
    limits = {path: LONGEST_TEST if path.parts[0] == "tests" else LONGEST for path in written}
    lines = {path: read(path).count("\n") for path in written}
    assert {str(path): lines[path] for path in written if lines[path] > limits[path]} == {}


def test_settings_short() -> None:
    settings = [path for path in tracked() if path.parts[:2] == ("portal", "settings")]
    lines = {str(path): read(path).count("\n") for path in settings}
    assert {name: count for name, count in lines.items() if count > LONGEST_SETTINGS} == {}


def test_no_drawer_of_everything() -> None:
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [str(path) for path in tracked() if path.name in drawers] == []


def test_telephones_fictional() -> None:
    found = [
        f"{path}: {number.group()}"
        for path in texts()
        for number in TELEPHONE.finditer(read(path))
        if not FICTION.match(re.sub("[ .]", " ", number.group()))
    ]
    assert found == []


def test_nothing_of_a_machine() -> None:
    here = "tests/house/test_files.py"
    found = [
        f"{path}: {trace.group()}"
        for path in [*texts(), *(path for path in tracked() if path.suffix == ".lock")]
        if str(path) != here
        for trace in OF_A_MACHINE.finditer(read(path))
    ]
    assert found == []


def test_every_dependency_has_its_reason() -> None:
    lines = read(ROOT / "pyproject.toml").splitlines()
    groups = tomllib.loads(read(ROOT / "pyproject.toml"))
    named = groups["project"]["dependencies"] + groups["dependency-groups"]["dev"]
    silent = [
        name
        for name in named
        if not any(line.strip().startswith(f'"{name}"') and "# " in line for line in lines)
    ]
    assert silent == []
