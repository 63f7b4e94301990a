"""The chain from the registration to the bank, as accountants read and explain it."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fees.actions.bank_lines import decide_line, undo_line
from fees.actions.cards import explain_card, take_back_explanation
from fees.actions.steps import Conflict
from fees.enums import BankVerdict as Bank
from fees.enums import CardVerdict as Verdict
from fees.enums import DifferenceMove as Move
from fees.enums import DifferenceState as Stands
from fees.models import BankMatch, CardExplanation
from fees.selectors.bank_tiers import bank_tiers
from fees.selectors.cards import YearOfCards, payout_choices_of, year_of_cards, years_with_cards
from fees.selectors.verify_bank import recount_bank
from network.enums import Role
from network.models import JournalEntry, User
from portal.kit import clock
from tests.factories.bank import imported
from tests.factories.bank_files import camt, statement
from tests.factories.chain import Moved, arrival, charge, paid_out, paid_seat
from tests.factories.network import make_user, sign_in
from tests.public_site import at_reference
from training.models import Payout

__all__ = ["at_reference"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_reference")]
PAGE = "/rapprochement/cartes/"


@pytest.fixture
def clerk() -> User:
    return make_user(Role.ACCOUNTANT)


def moves(*rates: int) -> list[Moved]:
    """One paid seat for each fee rate."""
    day = clock.today() - timedelta(days=5)
    return [charge(paid_seat(make_user(Role.CLINICIAN)), on=day, rate=rate) for rate in rates]


def found() -> YearOfCards:
    return year_of_cards(clock.today().year, today=clock.today())


def of(year: YearOfCards, key: str) -> Verdict:
    return next(each.verdict for each in year.chain.items if each.key.startswith(key))


def the_line(payout: Payout, clerk: User, **fields: Any) -> BankMatch:
    line = arrival(payout, **fields)
    return imported(camt(statement([line])), by=clerk, now=clock.now()).matches.get()


def measured() -> dict[str, tuple[int, int]]:
    return {e.tier: (e.lines, e.wrong) for e in bank_tiers(BankMatch.objects.all())}


def test_payout_is_whole_once_its_line_is_imported(clerk: User) -> None:
    payout = paid_out(moves(150, 190), on=clock.today() - timedelta(days=2))
    assert of(found(), "payout:") == Verdict.ON_ITS_WAY
    match = the_line(payout, clerk)
    assert (match.verdict, match.state, match.payout) == (
        Bank.CARD_PAYOUT,
        Stands.AGREED,
        payout,
    )
    year = found()
    assert Counter(each.verdict for each in year.chain.items) == {
        Verdict.CHARGED: 2,
        Verdict.PAID_OUT: 1,
        Verdict.CREDITED: 1,
    }
    assert year.chain.sums[payout.key].net == payout.amount
    assert list(recount_bank(Counter())) == []
    assert measured() == {"automatic": (1, 0), "suggested": (0, 0), "by_hand": (0, 0)}
    assert years_with_cards(clock.today()) == [clock.today().year]


def test_line_without_reference_is_accepted_by_a_person(clerk: User) -> None:
    payout = paid_out(moves(150), on=clock.today() - timedelta(days=2))
    match = the_line(payout, clerk, named=False)
    assert measured() == {"automatic": (0, 0), "suggested": (0, 0), "by_hand": (0, 0)}
    assert (match.verdict, match.state) == (Bank.CARD_PAYOUT, Stands.OPEN)
    assert of(found(), "credit:") == Verdict.SUGGESTED
    decided = decide_line(match=match, move=Move.ACCEPTED, version=1, by=clerk, now=clock.now())
    assert of(found(), "payout:") == Verdict.PAID_OUT
    undone = undo_line(match=decided, version=2, by=clerk, now=clock.now())
    assert (undone.state, undone.payout) == (Stands.OPEN, payout)
    assert measured()["suggested"] == (1, 1)


def test_unknown_line_is_said_to_be_a_payout_of_its_amount(clerk: User) -> None:
    payout = paid_out(moves(150), on=clock.today() - timedelta(days=9))
    late = {"day": clock.today() - timedelta(days=1), "named": False}
    match = the_line(payout, clerk, **late)
    assert match.verdict == Bank.CARD_UNKNOWN
    assert of(found(), "credit:") == Verdict.UNKNOWN_CREDIT
    assert payout_choices_of(match) == [payout]
    gesture: dict[str, Any] = {"move": Move.ACCEPTED, "by": clerk, "now": clock.now()}
    chosen = decide_line(match=match, version=1, chosen=payout, **gesture)
    assert (chosen.verdict, chosen.state) == (Bank.CARD_PAYOUT, Stands.ACCEPTED)
    assert payout_choices_of(match) == []
    assert measured()["by_hand"] == (1, 0)
    undone = undo_line(match=chosen, version=2, by=clerk, now=clock.now())
    assert (undone.verdict, undone.payout) == (Bank.CARD_UNKNOWN, None)
    assert measured() == {"automatic": (0, 0), "suggested": (0, 0), "by_hand": (1, 1)}
    with transaction.atomic(), pytest.raises(Conflict, match="ne sont pas les mêmes"):
        other = paid_out(moves(325), on=clock.today(), key="po_other2")
        decide_line(match=match, version=3, chosen=other, **gesture)


def test_one_line_alone_is_a_payout(clerk: User) -> None:
    payout = paid_out(moves(150), on=clock.today() - timedelta(days=2))
    match = the_line(payout, clerk)
    match.pk, match.line = None, None
    with transaction.atomic(), pytest.raises(IntegrityError):
        match.save()


def test_difference_is_explained_once_and_taken_back(clerk: User) -> None:
    paid_out(moves(150, 325), on=clock.today())
    (item,) = found().open_items()
    assert item.verdict == Verdict.FEE_DIFFERS
    now = clock.now()
    for _ in range(2):
        made = explain_card(item=item, words="Carte suisse", by=clerk, now=now)
    assert found().open_items() == []
    with transaction.atomic(), pytest.raises(Conflict, match="déjà expliqué"):
        explain_card(item=item, words="Autre", by=make_user(Role.ACCOUNTANT), now=now)
    agreed = next(each for each in found().chain.items if not each.differs)
    with pytest.raises(Conflict, match="tout concorde"):
        explain_card(item=agreed, words="Rien", by=clerk, now=now)
    for _ in range(2):
        take_back_explanation(explanation=made, by=clerk, now=now)
    assert found().open_items() == [item]
    verbs = JournalEntry.objects.filter(verb__startswith="card_difference")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "card_difference.explained",
        "card_difference.reopened",
    ]


def test_page_explains_in_constant_queries(client: Client, clerk: User) -> None:
    sign_in(client, clerk)
    assert "Aucun paiement par carte" in client.get(PAGE).content.decode()
    payout = paid_out(moves(150, 325), on=clock.today())
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        page = client.get(PAGE)
    ((row, _form),) = page.context["rows"]
    assert "tarif des cartes hors d’Europe" in row.explanation
    paid_out(moves(150, 325, 325, 325), on=clock.today(), key="po_chain2")
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(PAGE).context["rows"]) == 4
    assert len(many) == len(few)
    said = {"annee": clock.today().year, "item": row.item.key, "verdict": row.item.verdict}
    client.post(f"{PAGE}expliquer/", said | {"cents": row.item.cents, "words": "Carte suisse"})
    client.post(f"{PAGE}expliquer/", said | {"cents": 1, "words": "Carte suisse"})
    explanation = CardExplanation.objects.get()
    assert len(client.get(PAGE).context["rows"]) == 3
    assert len(client.get(f"{PAGE}?vue=expliques&genre=fee_differs").context["rows"]) == 1
    one = client.get(f"{PAGE}versements/{payout.pk}/").content.decode()
    assert "Carte suisse" in one
    sheet = client.get(f"{PAGE}{clock.today().year}.csv").content.decode()
    assert "Carte suisse" in sheet
    client.post(f"{PAGE}reprendre/{explanation.pk}/")
    assert len(client.get(PAGE).context["rows"]) == 4


@pytest.mark.parametrize("words", ["", "très long " * 40])
def test_explanation_to_mend_stays_typed_on_its_page(
    client: Client, clerk: User, words: str
) -> None:
    sign_in(client, clerk)
    paid_out(moves(*[325] * 22), on=clock.today())
    last = found().open_items()[-1]
    said = {"item": last.key, "verdict": last.verdict, "cents": last.cents, "words": words}
    page = client.post(f"{PAGE}expliquer/", {"annee": clock.today().year} | said)
    assert page.status_code == 422
    assert page.context["page"].number == 2
    face, form = page.context["rows"][-1]
    assert (face.item, form["words"].value(), len(form.errors)) == (last, words, 1)
    assert not CardExplanation.objects.exists()
