"""Pages of closings: what will be closed, the step that confirms, what was frozen."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from fees.actions.books import grant_envelope
from fees.actions.closings import close_month
from fees.closing import Span, month_of
from fees.enums import Kind
from fees.models import Closing
from network.enums import Role
from network.models import User
from portal.kit import clock
from tests.factories.fees import at, log, make_account, sign, validate
from tests.factories.network import make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db
LIST = "/paiements/clotures/"


@pytest.fixture
def by() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def client(by: User) -> Client:
    return sign_in(Client(), by)


def months_ago(count: int) -> Span:
    span = month_of(clock.today())
    for _ in range(count):
        span = span.preceding
    return span


def granted(span: Span, by: User, amount: int = 400) -> None:
    now = at(span.since + timedelta(days=2))
    decision = f"{span.year}-{span.month}"
    grant_envelope(year=span.year, amount=Decimal(amount), decision=decision, by=by, now=now)


def address(span: Span) -> str:
    return reverse("fees:closing_month", args=[span.year, span.month])


def test_month_is_shown_then_closed(client: Client, by: User) -> None:
    last = months_ago(1)
    granted(last, by)
    assert "Peut être clos." in client.get(LIST).text
    page = client.get(address(last))
    assert "400,00\u00a0€" in page.text
    assert "On ne rouvre pas" in page.text
    closed = client.post(address(last), follow=True)
    assert "Période close" in closed.text
    made = Closing.objects.get()
    assert made.sha256 in closed.text
    assert str(by) in client.get(LIST).text


def test_month_in_progress_is_shown_and_not_closed(client: Client, by: User) -> None:
    now = months_ago(0)
    granted(now, by)
    page = client.get(address(now))
    assert "n’est pas encore fini" in page.text
    assert "Clore " not in page.text
    assert client.post(address(now)).status_code == 422
    assert not Closing.objects.exists()


def test_what_remains_is_ticked_before_closing(client: Client, by: User) -> None:
    last = months_ago(1)
    then = at(last.since + timedelta(days=2))
    physio = make_professional()
    make_account(physio)
    included = last.since - timedelta(days=90)
    patient = make_patient(included_on=included, requested_on=included, completed_on=included)
    act = log(patient, physio, Kind.KINE_REMOB, last.since, now=then)
    validate(act, by=by, now=then)
    batch = sign(then)
    assert batch.code in client.get(address(last)).text
    refused = client.post(address(last))
    assert (refused.status_code, Closing.objects.count()) == (422, 0)
    client.post(address(last), {"accept": "on"})
    assert batch.code in Closing.objects.get().unsettled


@pytest.mark.parametrize("far", [2, -3])
def test_period_far_from_its_turn_does_not_exist(client: Client, by: User, far: int) -> None:
    granted(months_ago(1), by)
    span = months_ago(far) if far > 0 else Span(clock.today().year + 1, 3)
    assert client.get(address(span)).status_code == 404
    assert client.get(f"{LIST}2026/13/").status_code == 404


def test_year_page_says_what_it_waits_for(client: Client, by: User) -> None:
    last = months_ago(1)
    granted(last, by)
    close_month(span=last, by=by, now=clock.now())
    page = client.get(reverse("fees:closing_year", args=[last.year]))
    assert page.status_code == 200
    assert "L’année" in page.text


@pytest.mark.parametrize("closed", [1, 3])
def test_list_asks_the_same_queries(
    client: Client, by: User, closed: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    granted(months_ago(closed), by)
    for count in range(closed, 0, -1):
        close_month(span=months_ago(count), by=by, now=clock.now())
    client.get(LIST)
    with django_assert_max_num_queries(22):  # type: ignore[attr-defined]
        client.get(LIST)
