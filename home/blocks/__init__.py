"""Blocks of the public pages, one short file by family."""

from .contact import ContactBlock, EmergencyBlock
from .figures import FigureBlock, FiguresBlock
from .links import DoorBlock, LinkBlock, LinksBlock
from .notice import NoticeBlock
from .questions import QuestionsBlock
from .text import HeadingBlock, ListBlock, ParagraphBlock

BODY = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("list", ListBlock()),
    ("notice", NoticeBlock()),
    ("figures", FiguresBlock()),
    ("questions", QuestionsBlock()),
    ("links", LinksBlock()),
    ("contact", ContactBlock()),
    ("emergency", EmergencyBlock()),
]

__all__ = [
    "BODY",
    "ContactBlock",
    "DoorBlock",
    "FigureBlock",
    "LinkBlock",
]
