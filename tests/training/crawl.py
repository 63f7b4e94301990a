"""Walks a case as a learner, and searches all that the portal answers for what is not decided."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.proofs.scale import SCALE
from training.enums import Answering, StepKind
from training.models import ClinicalTool, EvidenceCard, ItemVersion, Run, VignettePage
from training.rules.cases import Decision, Step
from training.selectors.way import way_of

SHORTEST = 12
"""Signs under which a text says nothing by itself (« oui », « 47 % »)."""
BLOCK = re.compile(r"^[0-9a-f-]{36}$")
Pick = Callable[[Decision], list[str]]


@dataclass(slots=True)
class Found:
    """Secrets met where they should not be, and how much was read."""

    leaks: set[str] = field(default_factory=set)
    responses: int = 0
    searched: int = 0


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text as it can be compared: no tag, no entity, one kind of space and of apostrophe."""
    text = unescape(re.sub(r"<[^>]*>", " ", text))
    return " ".join(re.sub(r"[\s\u00a0\u202f]+", " ", text.replace("’", "'")).split()).casefold()


def raw_texts(value: object) -> Iterator[str]:
    """Every text of a raw block, whatever its depth."""
    if isinstance(value, str):
        if len(plain(value)) >= SHORTEST and not BLOCK.match(value):
            yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in {"type", "id"}:
                yield from raw_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from raw_texts(each)


def cards_of(step: Step) -> set[int]:
    """The evidence that a step quotes, options included."""
    options = step.options if isinstance(step, Decision) else ()
    return {*step.evidence, *(card for option in options for card in option.evidence)}


def card_texts(cards: Iterable[int]) -> Iterator[str]:
    for card in EvidenceCard.objects.filter(pk__in=cards):
        for text in (card.claim, card.population, card.reference, card.identifier, card.conflicts):
            if len(plain(text)) >= SHORTEST:
                yield text


def tool_texts(steps: Iterable[Step]) -> Iterator[str]:
    """The facts of the clinical tools already shown: a later step may quote the same source."""
    shown = [step.value["tool"] for step in steps if step.kind is StepKind.TOOL]
    for tool in ClinicalTool.objects.filter(pk__in=shown):
        yield from (tool.title, tool.purpose, tool.score_rule, tool.reference, tool.holder)


def secrets(run: Run, page: VignettePage) -> set[str]:
    """What no response may hold now: later steps, and all that judges the step shown."""
    way = way_of(run)
    passed = [step for step in way.steps if step is not way.here]
    allowed = [page.title, page.lede, run.version.title]
    allowed += [block.value.text for block in page.objectives]
    for step in passed:
        allowed += [*raw_texts(dict(step.value)), *card_texts(cards_of(step))]
    here = way.here
    assert here is not None
    allowed += tool_texts([*passed, here])
    hidden: list[str] = []
    if isinstance(here, Decision):
        short = here.answering is Answering.SHORT
        allowed += [here.stem, *([] if short else [option.text for option in here.options])]
    else:
        allowed += [*raw_texts(dict(here.value)), *card_texts(cards_of(here))]
    known = {step.id for step in passed}
    for step in run.version.case.steps:
        if step.id not in known:
            hidden += [*raw_texts(dict(step.value)), *card_texts(cards_of(step))]
    told = " ".join(plain(text) for text in allowed)
    return {plain(text) for text in hidden} - {
        plain(text) for text in hidden if plain(text) in told
    }


def numbers_of(run: Run) -> list[int]:
    """The steps asked for by their number: in the small run, both ends and all that is near."""
    last = len(run.version.case.steps) + 2
    here = len(way_of(run).steps)
    near = range(here - 2, here + 3)
    return list(range(-1, last + 1)) if SCALE else sorted({-1, 0, 1, *near, last - 2, last})


def answers(client: Client, run: Run, page: VignettePage) -> Iterator[HttpResponseBase]:
    """Every response that a learner can obtain, short of answering."""
    here = reverse("training:run", args=[run.pk])
    step = str(run.position)
    wrong = {"step": step, "certainty": "9", "choice": "nothing", "words": ""}
    for number in (*map(str, numbers_of(run)), "last"):
        yield client.get(here, {"etape": number}, follow=True)
    yield client.get(here, headers={"accept": "application/json", "hx-request": "true"})
    yield client.head(here)
    yield client.options(here)
    yield client.post(here, {})
    yield client.post(here, wrong)
    for name in ("go_on", "again"):
        yield client.get(reverse(f"training:{name}", args=[run.pk]))
    yield client.post(reverse("training:again", args=[run.pk]), wrong, follow=True)
    for address in (page.url, page.get_parent().url):
        yield client.get(address)
    for name in ("training:home", "training:certainty", "home:dashboard"):
        yield client.get(reverse(name))


def words_of(response: HttpResponseBase) -> str:
    """Body and headers, those of each redirection followed included."""
    content = getattr(response, "content", b"").decode()
    headers = " ".join(f"{key}: {value}" for key, value in response.items())
    chain = " ".join(address for address, _status in getattr(response, "redirect_chain", []))
    return f"{content} {headers} {chain}"


def statics(html: str) -> Iterator[str]:
    """The text of the style sheets and scripts that a page asks for."""
    for path in set(re.findall(r'(?:href|src)="/static/([^"?]+\.(?:css|js|svg))"', html)):
        yield _static(path)


@cache
def _static(path: str) -> str:
    found = finders.find(path)
    return Path(found).read_text("utf-8") if isinstance(found, str) else ""


def crawl(client: Client, run: Run, page: VignettePage, pick: Pick) -> Found:
    """Walk the whole case with the pages alone, searching before each answer."""
    found = Found()
    address = reverse("training:run", args=[run.pk])
    while True:
        run = Run.objects.select_related("version").get(pk=run.pk)
        if run.finished_at:
            return found
        way = way_of(run)
        here = way.here
        undecided = isinstance(here, Decision) and here.id not in way.first
        search(client, run, page, found)
        assert Run.objects.get(pk=run.pk).position == run.position
        if undecided and isinstance(here, Decision):
            assert client.post(address, sent(way.item(here), pick(here))).status_code == 302
        client.post(reverse("training:go_on", args=[run.pk]), {"step": str(run.position)})


def search(client: Client, run: Run, page: VignettePage, found: Found) -> None:
    """Search all that the portal answers at the step where the run stands."""
    hidden = secrets(run, page)
    found.searched += len(hidden)
    sheets: set[str] = set()
    for response in answers(client, run, page):
        words = words_of(response)
        sheets |= set(statics(words))
        found.responses += 1
        text = f"{plain(words)} {plain(unescape(words).replace('<', ' ').replace('>', ' '))}"
        found.leaks |= {secret for secret in hidden if secret in text}
    for sheet in sheets:
        found.leaks |= {secret for secret in hidden if secret in plain(sheet)}


def sent(item: ItemVersion, chosen: list[str], certainty: int = 2) -> dict[str, Any]:
    """The form of a question filled in."""
    decision = item.decision
    data: dict[str, Any] = {"step": decision.id, "certainty": str(certainty)}
    match decision.answering:
        case Answering.ORDER:
            letters = "ABCDEFGHIJ"
            for rank, option in enumerate(chosen, start=1):
                data[f"rank_{letters[item.shown.index(option)]}"] = str(rank)
        case Answering.SHORT:
            data["words"] = "je ne sais pas trop"
        case Answering.ONE:
            data |= {"choice": chosen[0], "words": "autrement"}
        case _:
            data |= {"choice": chosen, "words": "autrement"}
    return data


def first_option(decision: Decision) -> list[str]:
    ids = [option.id for option in decision.options]
    return ids if decision.answering is Answering.ORDER else ids[:1]


def last_option(decision: Decision) -> list[str]:
    return (
        first_option(decision)[::-1]
        if decision.answering is Answering.ORDER
        else [decision.options[-1].id]
    )


def right_options(decision: Decision) -> list[str]:
    credited = [option.id for option in decision.options if option.credited]
    if decision.answering is Answering.ORDER:
        return [option.id for option in decision.options]
    return credited if decision.answering is Answering.SEVERAL else credited[:1]


def start(client: Client, page: VignettePage) -> Run:
    response = client.post(reverse("training:start", args=[page.translation_key]))
    assert response.status_code == 302
    return Run.objects.get(key=page.translation_key, finished_at=None)
