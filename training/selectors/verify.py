"""The recount of `manage.py verify`: tallies say what the answers say."""

from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, Q

from portal.kit.verify import Breach, recount
from training.enums import Purpose
from training.models import Answer, ItemVersion, Tally
from training.models.runs import FIRST
from training.selectors.peers import counted_letters

Cell = tuple[bool, str, str]
"""Panel or peers, profession, letter; an empty letter counts the people."""


@recount("réponses des pairs")
def recount_tallies(tally: Counter[str]) -> Iterator[Breach]:
    """Every cell of every question. What differs is read again under its lock: an answer may be
    on its way."""
    items = ItemVersion.objects.order_by("pk").values_list("pk", flat=True)
    for item in items.iterator(chunk_size=500):
        stored, counted = _stored(item), _counted(item)
        if stored != counted:
            stored, counted = _read_again(item)
        tally["questions"] += 1
        tally["réponses comptées"] += sum(n for cell, n in counted.items() if cell[2] == "")
        for cell in sorted(stored.keys() | counted.keys()):
            if stored[cell] != counted[cell]:
                yield Breach(_subject(item, cell), stored[cell], counted[cell])


def _read_again(item: int) -> tuple[Counter[Cell], Counter[Cell]]:
    with transaction.atomic():
        list(Tally.objects.select_for_update().filter(item=item).order_by("pk"))
        return _stored(item), _counted(item)


def _stored(item: int) -> Counter[Cell]:
    rows = Tally.objects.filter(item=item).values_list("panel", "profession", "letter", "people")
    return Counter({(panel, job, letter): people for panel, job, letter, people in rows if people})


def _counted(item: int) -> Counter[Cell]:
    """Peers are the answers marked as counted; the panel, an invited expert's first run."""
    panel = Q(run__purpose=Purpose.PANEL, run__attempt=1)
    answers = Answer.objects.filter(Q(counted=True) | panel, item=item, round=FIRST).order_by()
    rows = answers.values_list("counted", "profession", "chosen").annotate(n=Count("pk"))
    answering = ItemVersion.objects.get(pk=item).decision.answering
    counted: Counter[Cell] = Counter()
    for is_peer, profession, chosen, people in rows:
        for letter in ("", *counted_letters(answering, chosen)):
            counted[not is_peer, profession, letter] += people
    return counted


def _subject(item: int, cell: Cell) -> str:
    panel, profession, letter = cell
    who = "panel" if panel else "pairs"
    return f"question {item}, {who}, {profession}, {letter or 'personnes'}"
