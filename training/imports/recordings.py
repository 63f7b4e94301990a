"""Recordings: known by their first bytes, never by their name nor by what a browser says."""

from django.utils.translation import gettext as _

from training.enums import MediaKind

HEAD = 64
"""Bytes that are enough to tell."""


class NotMedia(Exception):
    """Why a recording is refused."""


def media_kind(head: bytes) -> MediaKind:
    """MP4 (an `ftyp` box first) or WebM (EBML whose type is « webm »). Raises NotMedia."""
    if head[4:8] == b"ftyp":
        return MediaKind.MP4
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:HEAD]:
        return MediaKind.WEBM
    raise NotMedia(_("ce n’est ni une vidéo MP4, ni une vidéo WebM."))
