"""What modules hold today, as they are published."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from training.enums import Part
from training.models import CaseVersion, LessonPage, ModulePage, VignettePage

TESTS = [Part.PRETEST, Part.POSTTEST]


@dataclass(frozen=True, slots=True)
class Content:
    """A published module with its parts; an unpublished lesson or vignette asks for nothing."""

    page: ModulePage
    lessons: tuple[LessonPage, ...]
    vignettes: tuple[VignettePage, ...]
    tests: dict[Part, CaseVersion]
    """The current pre-test and post-test, where there is one."""

    @property
    def key(self) -> UUID:
        key: UUID = self.page.line
        return key

    @property
    def keys(self) -> set[UUID]:
        """Keys of all that is answered in it."""
        return {self.key, *(each.line for each in self.vignettes)}


def module_content(key: UUID) -> Content | None:
    """The module of that key; None when it is not published."""
    return next(iter(module_contents([key])), None)


def content_of(page: ModulePage) -> Content:
    """The same for a page already at hand, as it is shown: a preview too."""
    return _contents({page.line: page}, [page.line])[0]


def module_contents(keys: Iterable[UUID]) -> list[Content]:
    """The published modules of these keys, in their order. Four queries, whatever they hold."""
    keys = list(keys)
    found = ModulePage.objects.live().filter(line__in=keys).order_by("-pk")
    return _contents({page.line: page for page in found}, keys)  # one translation each


def _contents(pages: dict[UUID, ModulePage], keys: list[UUID]) -> list[Content]:
    chosen = {key: _chosen(page) for key, page in pages.items()}
    vignettes = VignettePage.objects.live().in_bulk({pk for pks in chosen.values() for pk in pks})
    versions = _versions([*pages, *(each.line for each in vignettes.values())])
    lessons = _lessons(pages.values())
    contents = []
    for key in (each for each in keys if each in pages):
        page = pages[key]
        held = (vignettes[pk] for pk in chosen[key] if pk in vignettes)
        contents.append(
            Content(
                page=page,
                lessons=tuple(each for each in lessons if each.path.startswith(page.path)),
                vignettes=tuple(v for v in held if (v.line, Part.CASE) in versions),
                tests={
                    part: versions[key, part]
                    for part in TESTS
                    if (key, part) in versions and getattr(page, ModulePage.answered[part])
                },
            )
        )
    return contents


def modules_with(key: UUID) -> list[UUID]:
    """Keys of the published modules in which something of that key is answered."""
    vignettes = set(VignettePage.objects.filter(line=key).values_list("pk", flat=True))
    return [
        page.line
        for page in ModulePage.objects.live().only("line", "vignettes")
        if page.line == key or vignettes & set(_chosen(page))
    ]


def _chosen(page: ModulePage) -> list[int]:
    """Ids of the vignettes of a module, in their order, without reading them."""
    return [block["value"] for block in page.vignettes.raw_data if block["value"]]


def _versions(keys: list[UUID]) -> dict[tuple[UUID, Part], CaseVersion]:
    """The current version of each part."""
    found = CaseVersion.objects.filter(key__in=keys).order_by("number")
    return {(each.key, Part(each.part)): each for each in found}


def _lessons(pages: Iterable[ModulePage]) -> list[LessonPage]:
    below = [Q(path__startswith=page.path) for page in pages]
    if not below:
        return []
    return list(LessonPage.objects.live().filter(reduce(or_, below)).order_by("path"))
