"""Templates hold to the content policy (no inline style, no inline script without its nonce), say
nothing that their reader was not meant to see, and all they say can be translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

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


NAMES = {"Ariane", "RPPS", "CSV", "JSON", "GeoJSON", "PDF", "narrow"}
"""The same in any language; `narrow` is what a page says to its layout."""
INSIDE_A_TAG = Path("templates/network/parts/kept_form.html")
LETTERS = re.compile(r"[^\W\d_]{2,}")  # a letter alone is a key of the keyboard


class Words(HTMLParser):
    """The words that a template says in its own name, untranslated: texts, and what is read out."""

    SAID = frozenset({"title", "alt", "placeholder", "label", "aria-label"})

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_script = tag == "script"
        for name, value in attrs:
            if value and name in self.SAID:
                self.handle_data(value)

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False

    def handle_data(self, data: str) -> None:
        if not self.in_script:
            self.found.update(LETTERS.findall(data))


def own_words(text: str) -> set[str]:
    words, translated = Words(), False
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.contents.split()[0]
            if tag.removeprefix("end") in ("blocktrans", "blocktranslate", "comment"):
                translated = not tag.startswith("end")
        elif token.token_type == TokenType.TEXT and not translated:
            words.feed(token.contents)
    words.close()
    return words.found - NAMES


def test_every_word_of_a_template_can_be_translated() -> None:
    texts = {str(path): read(path) for path in PAGES if path != INSIDE_A_TAG}
    assert {path: words for path, text in texts.items() if (words := own_words(text))} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>{% trans 'Séance' %} {{ day }}</p>", set()),
        ("<p>{% blocktrans %}Le {{ day }}{% plural %}Les {{ day }}{% endblocktrans %}</p>", set()),
        ("<p>Séance {{ day }}</p>", {"Séance"}),
        ('<a aria-label="Fermer {{ name }}" class="soft">{% icon "cross" %}</a>', {"Fermer"}),
        ('<svg><text>Ariane</text></svg><script nonce="{{ nonce }}">go()</script>', set()),
    ],
)
def test_own_words(text: str, expected: set[str]) -> None:
    assert own_words(text) == expected
