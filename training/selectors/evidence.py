"""What an evidence card touches: published pages, options, learners; and what to read again.

A page is to be read again when a card that it quotes changed after the page's last publication;
publishing it anew, even unchanged, says that it was.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from wagtail.models import Page, ReferenceIndex

from training.models import CardChange, CaseVersion, EvidenceCard, Run, Tally
from training.rules.cases import Option
from training.selectors.questions import Wanted, questions


@dataclass(frozen=True, slots=True)
class Quoting:
    """A published page that quotes a card; `changed_at` is the card's change, if later."""

    page_id: int
    title: str
    kind: str
    published_at: datetime
    changed_at: datetime | None

    @property
    def to_read_again(self) -> bool:
        return self.changed_at is not None


@dataclass(frozen=True, slots=True)
class Touched:
    """A question asked today that quotes a card; no option when it quotes it as a whole."""

    item_id: int
    case: str
    stem: str
    options: tuple[Option, ...]
    answers: int


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card in the list: how many published pages quote it, how many are to be read again."""

    card: EvidenceCard
    pages: int
    to_read_again: int
    changed_at: datetime | None


def card_lines() -> list[CardLine]:
    """Every card; those whose change is still to be read come first."""
    quoting, changes = pages_by_card(), _last_changes()
    lines = [
        CardLine(
            card,
            len(quoting[card.pk]),
            sum(page.to_read_again for page in quoting[card.pk]),
            changes.get(card.pk),
        )
        for card in EvidenceCard.objects.order_by("claim", "pk")
    ]
    return sorted(lines, key=lambda line: (-line.to_read_again, -line.pages))


def pages_by_card(cards: Iterable[int] | None = None) -> dict[int, list[Quoting]]:
    """The published pages that quote each card, by title. Constant queries."""
    found = _references(cards)
    changes = _last_changes()
    pages = Page.objects.filter(pk__in={page for _card, page in found}, live=True)
    rows = {page.pk: page for page in pages.select_related("content_type")}
    quoting: dict[int, list[Quoting]] = defaultdict(list)
    for card, page_id in found:
        if page := rows.get(page_id):
            changed = changes.get(card)
            later = changed if changed and changed > page.last_published_at else None
            quoting[card].append(
                Quoting(page_id, page.title, page.content_type.name, page.last_published_at, later)
            )
    for each in quoting.values():
        each.sort(key=lambda quote: (quote.title, quote.page_id))
    return quoting


def count_to_read_again() -> int:
    """Published pages that quote a card changed since; each counted once."""
    quoting = pages_by_card(_last_changes())
    return len({q.page_id for quotes in quoting.values() for q in quotes if q.to_read_again})


def touched_questions(card: EvidenceCard) -> list[Touched]:
    """The questions asked today that quote the card, with the options that do."""
    rows = list(questions(Wanted()).filter(item__evidence=card))
    peers = Tally.objects.filter(item__in=[row.item_id for row in rows], panel=False, letter="")
    answers: dict[int, int] = defaultdict(int)
    for item_id, people in peers.values_list("item", "people"):
        answers[item_id] += people
    return [
        Touched(
            row.item_id,
            row.case.title,
            row.item.decision.stem,
            tuple(o for o in row.item.decision.options if card.pk in o.evidence),
            answers[row.item_id],
        )
        for row in rows
    ]


def count_learners(card: EvidenceCard) -> int:
    """People who began a case, in whatever version, one of whose questions quotes the card."""
    versions = CaseVersion.objects.filter(items__evidence=card).values("pk")
    runs = Run.objects.filter(version__in=versions).order_by()
    return runs.values("learner").distinct().count()


def _references(cards: Iterable[int] | None) -> set[tuple[int, int]]:
    """(card, page) for each page that names a card somewhere, whether it is published or not."""
    kinds = ContentType.objects.get_for_models(EvidenceCard, Page)
    rows = ReferenceIndex.objects.filter(
        to_content_type=kinds[EvidenceCard], base_content_type=kinds[Page]
    )
    if cards is not None:
        rows = rows.filter(to_object_id__in=[str(card) for card in cards])
    return {(int(card), int(page)) for card, page in rows.values_list("to_object_id", "object_id")}


def _last_changes() -> dict[int, datetime]:
    rows = CardChange.objects.order_by().values_list("card")
    return dict(rows.annotate(last=Max("at")))
