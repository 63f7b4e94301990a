"""Captions as WebVTT, chapters as lines: words and times of what was read, nothing else."""

from collections.abc import Iterable, Sequence

from training.rules.marks import clock_time

VTT = "text/vtt; charset=utf-8"


def captions_vtt(cues: Iterable[Sequence[int | str]]) -> str:
    """Start and end in milliseconds, words, voice."""
    blocks = ["WEBVTT"]
    for start, end, text, voice in cues:
        said = _safe(str(text))
        told = f"<v {_safe(str(voice))}>{said}" if voice else said
        blocks.append(f"{_at(int(start))} --> {_at(int(end))}\n{told}")
    return "\n\n".join(blocks) + "\n"


def chapters_text(chapters: Iterable[Sequence[int | str]]) -> str:
    """As an editor writes them: « 12:30 Traiter », one a line."""
    return "\n".join(f"{clock_time(int(second))} {title}" for second, title in chapters)


def _at(thousandths: int) -> str:
    seconds, rest = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{rest:03d}"


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
