"""The first cards, cases and modules, as readable files, and how to read them.

An empty line parts paragraphs, `- ` begins an item of a list, `**words**` are strong; nothing
else is markup. Ids are made from names, so that the same file always gives the same blocks.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from training.enums import StepKind
from training.rules.cases import Raw

FOLDER = Path(__file__).parent
FIGURES = FOLDER / "figures"
_SPACE = UUID("5a2f6c1e-7b0d-5e43-9c8a-1d4b7f0e2a96")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_BLANK = re.compile(r"\n\s*\n")

type Ids = Mapping[str, int]
"""Primary keys by the slug of a card or a tool, or by the file of an image."""


def read(name: str) -> dict[str, Any]:
    """One file of this folder."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def cards() -> list[dict[str, Any]]:
    return list(read("cards.toml")["cards"])


def tools() -> list[dict[str, Any]]:
    return list(read("tools.toml")["tools"])


def experts() -> list[dict[str, Any]]:
    return list(read("experts.toml")["experts"])


def vignettes() -> list[dict[str, Any]]:
    return _folder("vignettes")


def modules() -> list[dict[str, Any]]:
    """The modules; their vignettes are named by slug."""
    return _folder("modules")


def _folder(name: str) -> list[dict[str, Any]]:
    return [read(f"{name}/{path.name}") for path in sorted((FOLDER / name).glob("*.toml"))]


def rich(text: str) -> str:
    """The rich text that Wagtail stores for paragraphs and lists."""
    return "".join(_paragraph(part.strip()) for part in _BLANK.split(text.strip()))


def _paragraph(text: str) -> str:
    html = _STRONG.sub(r"<b>\1</b>", escape(text, quote=False))
    if not html.startswith("- "):
        return f"<p>{html}</p>" if html else ""
    items = "".join(f"<li>{line.removeprefix('- ')}</li>" for line in html.splitlines())
    return f"<ul>{items}</ul>"


def block_id(*path: str) -> str:
    """The id of the block that stands at this path of names."""
    return str(uuid5(_SPACE, "/".join(path)))


def raw_steps(
    steps: Iterable[Mapping[str, Any]],
    card_ids: Ids,
    *,
    of: str,
    tool_ids: Ids | None = None,
    image_ids: Ids | None = None,
) -> list[Raw]:
    """The raw StreamField value of a file's steps, as `rules.cases.read_case` takes it.

    `of` says whose steps they are: the slug of a vignette, or `slug/pretest`. A step without a
    kind is a decision. Raises KeyError for a card, a tool or an image that is not known.
    """
    return [_raw_step(step, card_ids, tool_ids or {}, image_ids or {}, of) for step in steps]


def _raw_step(
    step: Mapping[str, Any], card_ids: Ids, tool_ids: Ids, image_ids: Ids, of: str
) -> Raw:
    kind = StepKind(step.get("kind", StepKind.DECISION))
    name = step["name"]
    value: dict[str, Any] = {"name": name}
    if kind is not StepKind.TAKE_HOME:
        value["target"] = step.get("target", "")
    match kind:
        case StepKind.NARRATIVE:
            value |= {"title": step["title"], "text": rich(step["text"])}
        case StepKind.FINDINGS:
            found = [{"label": i["label"], "result": rich(i["result"])} for i in step["items"]]
            value |= {
                "intro": step["intro"],
                "items": [_item(f, of, name, f["label"]) for f in found],
            }
        case StepKind.FIGURE:
            value |= {"image": image_ids[step["image"]], "alt": step["alt"]}
            value |= {"caption": step["caption"]}
        case StepKind.TOOL:
            value |= {"tool": tool_ids[step["tool"]], "text": rich(step["text"])}
        case StepKind.DECISION:
            value |= {
                "answering": step["answering"],
                "stem": step["stem"],
                "options": [_raw_option(o, card_ids, of, name) for o in step["options"]],
                "explanation": rich(step.get("explanation", "")),
            }
        case StepKind.TAKE_HOME:
            value["points"] = [_item(point, of, name, point) for point in step["points"]]
    if kind in {StepKind.FIGURE, StepKind.DECISION, StepKind.TAKE_HOME}:
        value["evidence"] = _raw_evidence(step, card_ids, of, name)
    return {"type": kind.value, "id": block_id(of, name), "value": value}


def _raw_option(option: Mapping[str, Any], card_ids: Ids, *path: str) -> Raw:
    text = option["text"]
    value = {
        "text": text,
        "verdict": option["verdict"],
        "feedback": rich(option["feedback"]),
        "evidence": _raw_evidence(option, card_ids, *path, text),
        "target": option.get("target", ""),
        "own_words": option.get("own_words", False),
        "forms": "\n".join(option.get("forms", ())),
        "otherwise": option.get("otherwise", False),
    }
    return _item(value, *path, text)


def _raw_evidence(holder: Mapping[str, Any], card_ids: Ids, *path: str) -> list[Raw]:
    return [_item(card_ids[slug], *path, "evidence", slug) for slug in holder.get("evidence", ())]


def _item(value: Any, *path: str) -> Raw:
    return {"type": "item", "id": block_id(*path), "value": value}


def raw_lesson(
    body: Iterable[Mapping[str, Any]], card_ids: Ids, image_ids: Ids, *, of: str
) -> list[Raw]:
    """The raw StreamField value of a lesson's blocks (one key each); `of` is its path of slugs."""
    return [
        {
            "type": kind,
            "id": block_id(of, str(rank)),
            "value": _lesson_value(kind, value, card_ids, image_ids, f"{of}/{rank}"),
        }
        for rank, block in enumerate(body)
        for kind, value in block.items()
    ]


def _lesson_value(kind: str, value: Any, card_ids: Ids, image_ids: Ids, path: str) -> Any:
    match kind:
        case "heading":
            return value
        case "paragraph":
            return rich(value)
        case "evidence":
            return card_ids[value]
        case "figure":
            return {**value, "image": image_ids[value["image"]], "card": card_ids[value["card"]]}
        case "key_points":
            return [_item(point, path, point) for point in value]
        case _:
            raise KeyError(kind)
