"""Public pages: rich text in French typography, and data for search engines."""

import json
import re
from typing import Any

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText, expand_db_html

from portal.kit import words

register = template.Library()
_TAG = re.compile(r"(<[^>]*>)")
_AFTER_TAG = re.compile(r"^[ \u00a0]+(?=[:;!?])")
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def prose(text: RichText | str) -> SafeString:
    """Rich text as an editor wrote it, typeset between its tags.

    The source is what Wagtail's editor let through, already cleaned of everything else.
    """
    html = expand_db_html(text.source if isinstance(text, RichText) else str(text))
    pieces = (p if p.startswith("<") else _typeset(p) for p in _TAG.split(html))
    return mark_safe("".join(pieces))  # noqa: S308


def _typeset(piece: str) -> str:
    """A text between two tags: its first sign may follow a word that stands in the tag before."""
    piece = piece.replace("&#x27;", "’").replace("&#39;", "’")
    return words.typeset(_AFTER_TAG.sub(words.NBSP, piece))


@register.filter
def inline_prose(text: RichText | str) -> SafeString:
    """The same without the paragraph round it, for a line of a list."""
    html = prose(text).strip()
    if html.count("<p") == 1 and html.startswith("<p") and html.endswith("</p>"):
        html = html[html.index(">") + 1 : -len("</p>")]
    return mark_safe(html)  # noqa: S308


@register.filter
def one_line(text: str) -> str:
    """A text for an attribute: no tag, no line break, typeset."""
    return words.typeset(" ".join(strip_tags(str(text)).split()))


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """A data block for search engines: browsers never run it, so it needs no nonce."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, address: str) -> str:
    """The full address of a page of this portal."""
    full: str = context["request"].build_absolute_uri(address or "/")
    return full
