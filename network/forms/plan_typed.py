"""The draft of a plan as it is typed: rows and texts as sent, and the gestures of the page."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from network.enums import PlanRow
from network.rules import plan_outline as outline
from network.rules.plan import Action, Plan

type Typed = dict[str, Any]
"""`rows`: the outline; `values`: each text by the name of its field; `trash`: the rows that were
removed last, with their texts."""

OWN = ("priorities", "preferences", "alert", "referent", "review_on")
IN_ROW: Mapping[PlanRow, tuple[str, ...]] = {
    PlanRow.PROBLEM: ("words",),
    PlanRow.OBJECTIVE: ("words",),
    PlanRow.ACTION: ("what", "who", "who_words", "due_on", "status", "why"),
}
IN_WORDS = "words"
"""The choice of somebody who is not in the list."""


def new_key() -> str:
    return secrets.token_hex(4)


def blank() -> Typed:
    """A plan to begin: one problem, one objective, one action."""
    rows = [f"{kind}:{new_key()}" for kind in outline.LEVELS]
    return {"rows": rows, "values": {}}


def typed_of(plan: Plan, today: date) -> Typed:
    """A version as the text of its next draft; a date of review that has come is asked again."""
    review_on = plan.review_on if plan.review_on and plan.review_on > today else None
    rows: list[str] = []
    values = {
        "priorities": plan.priorities,
        "preferences": plan.preferences,
        "alert": plan.alert,
        "referent": str(plan.referent.professional or ""),
        "review_on": _typed_day(review_on),
    }
    for problem in plan.problems:
        rows.append(f"{PlanRow.PROBLEM}:{problem.key}")
        values[f"{problem.key}-words"] = problem.words
        for objective in problem.objectives:
            rows.append(f"{PlanRow.OBJECTIVE}:{objective.key}")
            values[f"{objective.key}-words"] = objective.words
            for action in objective.actions:
                rows.append(f"{PlanRow.ACTION}:{action.key}")
                values |= _typed_action(action)
    return {"rows": rows, "values": {name: text for name, text in values.items() if text}}


def _typed_day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _typed_action(action: Action) -> dict[str, str]:
    known = action.who.professional
    return {
        f"{action.key}-what": action.what,
        f"{action.key}-who": str(known) if known else IN_WORDS,
        f"{action.key}-who_words": "" if known else action.who.name,
        f"{action.key}-due_on": _typed_day(action.due_on),
        f"{action.key}-status": action.status.value,
        f"{action.key}-why": action.why,
    }


def read_typed(sent: QueryDict) -> Typed:
    """What a page sent, nothing corrected; unknown names are left."""
    rows = outline.read_rows(sent.getlist("row"))
    names = [*OWN, *(f"{row.key}-{name}" for row in rows for name in IN_ROW[row.kind])]
    values = {name: sent.get(name, "").replace("\r\n", "\n") for name in names}
    return {
        "rows": [str(row) for row in rows],
        "values": {name: text for name, text in values.items() if text},
    }


def gestured(typed: Typed, gesture: str, before: Typed) -> Typed:
    """The draft after a button: `add:`, `remove:`, `up:`, `down:` and a key, or `restore`.

    `before`: the draft as it was kept, whose last removed rows can be put back.
    """
    verb, _colon, key = gesture.partition(":")
    rows = outline.read_rows(typed["rows"])
    values, trash = dict(typed["values"]), before.get("trash")
    if verb == "add":
        rows = _grown(rows, key)
    elif verb == "up":
        rows = outline.raised(rows, key)
    elif verb == "down":
        rows = outline.lowered(rows, key)
    elif verb == "remove":
        gone = outline.block(rows, key)
        kept = {name: text for name, text in values.items() if _of(gone, name)}
        if kept:
            trash = {
                "rows": [str(row) for row in gone],
                "values": kept,
                "under": outline.parent(rows, key),
            }
        values = {name: text for name, text in values.items() if not _of(gone, name)}
        rows = outline.removed(rows, key)
    elif verb == "restore" and trash:
        rows = outline.restored(rows, outline.read_block(trash["rows"]), trash["under"])
        values, trash = {**trash["values"], **values}, None
    after: Typed = {"rows": [str(row) for row in rows], "values": values}
    return after | {"trash": trash} if trash else after


def _grown(rows: Sequence[outline.Row], under: str) -> list[outline.Row]:
    """With a new row, and the first rows under it, ready to be filled."""
    key = new_key()
    grown = outline.added(rows, under, key)
    added = next((row for row in grown if row.key == key), None)
    if added is not None and added.kind != PlanRow.ACTION:
        return _grown(grown, key)
    return grown


def _of(rows: Sequence[outline.Row], name: str) -> bool:
    return name.partition("-")[0] in {row.key for row in rows}
