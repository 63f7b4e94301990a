"""The first texts of the public site, as readable files, and how to read them.

`[label](/address/)` is a link and `**words**` are strong; nothing else is markup.
"""

import re
import tomllib
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
REFERRAL, WORKSHOPS = "adresser", "ateliers"
"""The last parts of the addresses of the public pages about them."""
_LINK = re.compile(r"\[([^\]]+)\]\((/[^)]*)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")


def read(name: str) -> dict[str, Any]:
    """One file of this folder."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def pages() -> list[dict[str, Any]]:
    """The standard pages, parents before children."""
    return [read(f"pages/{path.name}") for path in sorted((FOLDER / "pages").glob("*.toml"))]


def rich(text: str) -> str:
    """One paragraph of the rich text that Wagtail stores."""
    html = _STRONG.sub(r"<b>\1</b>", escape(text, quote=False))
    html = _LINK.sub(r'<a href="\2">\1</a>', html)
    return f"<p>{html}</p>"


def body(blocks: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Blocks of a file (one key each) as a StreamField takes them. Unknown kind: `KeyError`."""
    return [_BLOCKS[kind](value) for block in blocks for kind, value in block.items()]


def link(value: dict[str, str]) -> dict[str, Any]:
    return {"label": value["label"], "page": None, "address": value["to"]}


def contact(value: dict[str, Any]) -> dict[str, Any]:
    defaults = {"secretariat": True, "email": "", "post": ""}
    return {**defaults, **value, "text": rich(value["text"])}


def _list(items: list[str], *, numbered: bool) -> tuple[str, Any]:
    return "list", {"numbered": numbered, "items": [rich(item) for item in items]}


def _questions(values: list[dict[str, str]]) -> tuple[str, Any]:
    asked = [{"question": v["question"], "answer": rich(v["answer"])} for v in values]
    return "questions", {"questions": asked}


_BLOCKS: dict[str, Any] = {
    "heading": lambda value: ("heading", value),
    "paragraph": lambda value: ("paragraph", rich(value)),
    "list": lambda value: _list(value, numbered=False),
    "steps": lambda value: _list(value, numbered=True),
    "notice": lambda value: ("notice", {**value, "text": rich(value["text"])}),
    "figures": lambda value: ("figures", {"figures": value}),
    "questions": _questions,
    "links": lambda value: ("links", {"links": [link(v) for v in value]}),
    "contact": lambda value: ("contact", contact(value)),
    "emergency": lambda value: ("emergency", None),
}
