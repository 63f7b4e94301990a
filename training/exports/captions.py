"""Captions and chapters as WebVTT, written from what was read: words and times, nothing else."""

from collections.abc import Iterable, Sequence

VTT = "text/vtt; charset=utf-8"


def captions_vtt(cues: Iterable[Sequence[int | str]]) -> str:
    """Start and end in milliseconds, words, voice."""
    blocks = ["WEBVTT"]
    for start, end, text, voice in cues:
        said = _safe(str(text))
        told = f"<v {_safe(str(voice))}>{said}" if voice else said
        blocks.append(f"{_at(int(start))} --> {_at(int(end))}\n{told}")
    return "\n\n".join(blocks) + "\n"


def chapters_vtt(chapters: Sequence[tuple[int, str]], length: int) -> str:
    """Each chapter lasts until the next one; `length` in seconds."""
    ends = [second for second, _title in chapters[1:]] + [length]
    blocks = ["WEBVTT"] + [
        f"{_at(second * 1000)} --> {_at(end * 1000)}\n{_safe(title)}"
        for (second, title), end in zip(chapters, ends, strict=True)
    ]
    return "\n\n".join(blocks) + "\n"


def chapters_text(chapters: Iterable[Sequence[int | str]]) -> str:
    """As an editor writes them: « 12:30 Traiter », one a line."""
    return "\n".join(f"{clock_time(int(second))} {title}" for second, title in chapters)


def clock_time(second: int) -> str:
    """« 0:07 », « 12:30 », « 1:02:03 »."""
    minutes, rest = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _at(thousandths: int) -> str:
    seconds, rest = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{rest:03d}"


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
