"""Templates hold to the content policy (no inline style, no inline script without its nonce), and
say nothing that their reader was not meant to see."""

import re

import pytest

from tests.house.tracked import read, tracked

TEMPLATES = [path for path in tracked() if path.parts[0] == "templates" and path.suffix == ".html"]
PAGES = [path for path in TEMPLATES if path.parts[1] != "emails"]
REFUSED = {
    "style attribute": re.compile(r"<[a-z][^>{]*\sstyle=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without nonce": re.compile(
        r"<script(?![^>]*(?:nonce=|\bsrc=|application/json))", re.IGNORECASE
    ),
    "handler attribute": re.compile(r"<[a-z][^>]*\son[a-z]+=[\"']", re.IGNORECASE),
    "key written as a quantity": re.compile(r"\{\{ *[\w.]*\.pk *\}\}"),  # 1 000 from a thousand on
    "brace forgotten": re.compile(r"(?<!\{)\{ [\w.|:]+ \}\}|\{\{ [\w.|:]+ \}(?!\})"),
    "outside host": re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE),
}
OUTSIDE_LINKS = {"outside host": re.compile(r"<a\s[^>]*href=[\"']https://", re.IGNORECASE)}


@pytest.mark.parametrize("refused", sorted(REFUSED))
def test_templates_without(refused: str) -> None:
    found = []
    for path in PAGES:
        text = read(path)
        if link := OUTSIDE_LINKS.get(refused):
            text = link.sub("<a ", text)
        if match := REFUSED[refused].search(text):
            found.append(f"{path}: {match.group()}")
    assert found == []
