"""The catalogue: published modules and vignettes, and where a learner stands in each."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from network.models import User
from training.access import Perm
from training.enums import Part
from training.models import (
    Enrolment,
    Expert,
    ModulePage,
    Objective,
    Run,
    SignOff,
    TrainingIndexPage,
    VignettePage,
)
from training.models.runs import BY_ONESELF


class Kind(StrEnum):
    MODULE = "module"
    VIGNETTE = "vignette"


class Standing(StrEnum):
    """Where a learner stands."""

    NEW = "new"
    BEGUN = "begun"
    DONE = "done"


class Length(StrEnum):
    """Durations, as people ask for them."""

    SHORT = "5"
    MIDDLE = "15"
    LONG = "long"


KINDS = {Kind.VIGNETTE: _("Vignette clinique"), Kind.MODULE: _("Module")}
STANDINGS = {Standing.BEGUN: ("info", _("Commencé")), Standing.DONE: ("ok", _("Fait"))}
LENGTHS = {
    Length.SHORT: Q(minutes__lte=5),
    Length.MIDDLE: Q(minutes__gt=5, minutes__lte=15),
    Length.LONG: Q(minutes__gt=15),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue. `run`: the one to resume; `state`: nothing for visitors."""

    page: Any
    kind: Kind
    objectives: tuple[str, ...]
    standing: Standing
    run: int | None

    @property
    def kind_label(self) -> str | Promise:
        return KINDS[self.kind]

    @property
    def tag(self) -> tuple[str, str | Promise] | None:
        return STANDINGS.get(self.standing)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters ask for; empty = everything."""

    kind: str = ""
    topic: str = ""
    length: str = ""
    axis: str = ""
    audience: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the public page of a vignette says of it."""

    entry: Entry
    author: str
    signed_on: Any
    experts: tuple[Expert, ...]


def entries(index: TrainingIndexPage, user: Any, wanted: Wanted) -> list[Entry]:
    """The lines that answer the filters, in the editors' order. Six queries at most.

    `done` and `not done` are known of learners alone; for others nothing is done.
    """
    pages: list[Any] = []
    if wanted.kind != Kind.MODULE and not wanted.axis:
        pages += _filtered(VignettePage.objects, index, wanted).defer("steps", "panel")
    if wanted.kind != Kind.VIGNETTE:
        modules = _filtered(ModulePage.objects, index, wanted)
        if wanted.axis:
            modules = modules.filter(axis=wanted.axis)
        pages += modules.defer("pretest", "posttest", "vignettes")
    pages.sort(key=lambda page: page.path)
    found = _entries(pages, user)
    if wanted.standing == Standing.DONE:
        return [entry for entry in found if entry.standing is Standing.DONE]
    if wanted.standing:
        return [entry for entry in found if entry.standing is not Standing.DONE]
    return found


def sheet(page: VignettePage, user: Any) -> Sheet:
    [entry] = _entries([page], user)
    signed = SignOff.objects.filter(key=page.line, content_hash=page.signable())
    panel = [block.value for block in page.panel if block.value]
    return Sheet(
        entry=entry,
        author=page.owner.get_full_name() if page.owner else "",
        signed_on=signed.values_list("at", flat=True).first(),
        experts=tuple(panel),
    )


def is_learner(user: Any) -> bool:
    """Whether this person, None for a visitor, may go through cases."""
    return bool(user and user.has_perm(Perm.LEARN))


def _filtered(pages: Any, index: TrainingIndexPage, wanted: Wanted) -> "PageQuerySet[Any]":
    found = pages.live().public().child_of(index)
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    if wanted.audience:
        found = found.filter(audience=wanted.audience)
    if wanted.length:
        found = found.filter(LENGTHS[Length(wanted.length)])
    return found


def _entries(pages: list[Any], user: Any) -> list[Entry]:
    objectives = _objectives(pages)
    standings, runs = _standings(user) if is_learner(user) else ({}, {})
    return [
        Entry(
            page=page,
            kind=Kind.VIGNETTE if isinstance(page, VignettePage) else Kind.MODULE,
            objectives=tuple(objectives[pk] for pk in _objective_ids(page) if pk in objectives),
            standing=standings.get(page.line, Standing.NEW),
            run=runs.get(page.line),
        )
        for page in pages
    ]


def _objectives(pages: Iterable[Any]) -> dict[int, str]:
    """All the objectives of all the pages in one query, not one a page."""
    ids = {pk for page in pages for pk in _objective_ids(page)}
    if not ids:
        return {}
    return dict(Objective.objects.filter(live=True, pk__in=ids).values_list("pk", "text"))


def _objective_ids(page: Any) -> list[int]:
    return [block["value"] for block in page.objectives.raw_data if block["value"]]


def _standings(user: User) -> tuple[dict[UUID, Standing], dict[UUID, int]]:
    """Where this learner stands, by translation key, and the runs to resume."""
    standings: dict[UUID, Standing] = {}
    runs: dict[UUID, int] = {}
    cases = Run.objects.visible_to(user).filter(part=Part.CASE, purpose__in=BY_ONESELF)
    for key, pk, finished_at in cases.values_list("key", "pk", "finished_at"):
        if finished_at is None:
            runs[key] = pk
        elif key not in standings:
            standings[key] = Standing.DONE
    standings |= dict.fromkeys(runs, Standing.BEGUN)
    modules = Enrolment.objects.visible_to(user).values_list("module_key", "completed_at")
    for key, completed_at in modules:
        standings[key] = Standing.DONE if completed_at else Standing.BEGUN
    return standings, runs
