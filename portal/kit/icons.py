"""Icons, drawn inside the page. House names say the meaning; any other name is Lucide's own."""

from functools import cache

from lucide.templatetags.lucide import lucide

MEANINGS = {
    # one per state, always the same
    "ok": "check",
    "wait": "clock",
    "bad": "triangle-alert",
    "info": "info",
    "none": "minus",
    # moves
    "back": "arrow-left",
    "next": "arrow-right",
    "open": "chevron-down",
    "cross": "x",
    "add": "circle-plus",
    "more": "ellipsis",
    # things
    "home": "house",
    "user": "circle-user-round",
    "people": "users-round",
    "book": "book-open",
    "phone": "phone",
    "file": "file-text",
    "place": "map-pin",
    "leave": "log-out",
    "key": "key-round",
    "factor": "shield-check",
    "sessions": "monitor-smartphone",
}


@cache
def drawing(name: str) -> str:
    """The inside of the 24 × 24 drawing. Raises `lucide.IconDoesNotExist` for an unknown name."""
    svg = str(lucide(MEANINGS.get(name, name)))
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")].strip()
