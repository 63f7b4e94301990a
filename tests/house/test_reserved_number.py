"""The number kept for verified professionals is told to nobody else, on no page, in no file.

Every address that they may open is opened by a stranger, a patient and a professional whose RPPS
was not checked; what is shown, sent and written in the journal is searched for the digits, in any
spelling. What editors and administrators open of the lines is searched too.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from home.actions.site_content import load_site
from network.enums import Role
from network.models import JournalEntry, OutboxMessage, PhoneLine
from network.rules.directory import LineAudience
from portal.kit import clock
from portal.kit.phones import tells
from tests.databases import kept_apart
from tests.factories.network import make_user, sign_in
from tests.house.directory_world import HELPLINE
from tests.house.matrix import OPENS, our_addresses
from tests.house.test_access_matrix import LINES, PUBLIC
from tests.house.test_masked_accounts import texts
from tests.house.world import World
from tests.proofs.scale import SCALE

pytestmark = [pytest.mark.django_db, pytest.mark.portable, pytest.mark.wide]
SEARCHES = ("prescription", "ligne", "avis sur une prescription")


def told_by(client: Client, address: str, data: dict[str, str] | None = None) -> bool:
    """Whether an address gives the number; whatever it writes is undone."""
    with transaction.atomic():
        answer = client.get(address, data or {})
        found = any(tells(text, HELPLINE) for text in texts(answer))
        transaction.set_rollback(True)
    return found


def addresses_of(world: World, role: Role | None) -> Iterator[str]:
    """What the matrix lets the role open; the public addresses for a stranger. Unless it proves,
    each address once: which object it shows changes nothing to the lines."""
    addresses = our_addresses()
    known: set[str] = set()
    lines: list[tuple[str, str]] = [(name, "any") for name in sorted(PUBLIC)]
    if role is not None:
        lines += [(each.name, each.label) for each in LINES if each.answers[role] == OPENS]
    for name, label in lines:
        if name not in addresses or (name in known and not SCALE):
            continue
        known.add(name)
        try:
            kwargs = world.kwargs(name, label, addresses[name].parameters)
            yield reverse(name, kwargs=kwargs)
        except (KeyError, NoReverseMatch):  # a public address whose object another table gives
            continue


@pytest.fixture(scope="module")
def pages_of_the_site(common_world: World, django_db_blocker: Any) -> Iterator[list[str]]:
    """Their addresses, published beside the module's world."""
    with kept_apart(django_db_blocker):
        load_site(on=clock.today())
        yield [each.url for each in Page.objects.live().filter(depth__gt=1).specific() if each.url]


@pytest.mark.parametrize("who", ["stranger", "patient", "unverified"])
def test_reserved_number_is_told_nowhere(
    pages_of_the_site: list[str], world: World, who: str
) -> None:
    assert PhoneLine.objects.get(audience=LineAudience.VERIFIED).secret == HELPLINE
    role = {"stranger": None, "patient": Role.PATIENT, "unverified": Role.CLINICIAN}[who]
    client = Client()
    if role is not None:
        world.become(role)
        world.mine.rpps_verified_on = None
        world.mine.save()
        client = world.client
    client.raise_request_exception = False
    session = client.cookies.output(header="", sep=";")
    asked = list(dict.fromkeys([*addresses_of(world, role), *pages_of_the_site]))
    assert len(asked) > 30
    found = []
    for address in asked:
        client.cookies.load(session)
        if told_by(client, address):
            found.append(address)
    search = reverse("home:find")
    found += [words for words in SEARCHES if told_by(client, search, {"q": words})]
    by_digits = client.get(search, {"q": HELPLINE}).context["results"]  # the page repeats a query
    assert [each.title for each in by_digits if "lignes" in each.url] == []
    assert found == []
    sent = [f"{each.subject} {each.body}" for each in mail.outbox]
    sent += [" ".join(each) for each in OutboxMessage.objects.values_list("subject", "body")]
    sent += [" ".join(each) for each in JournalEntry.objects.values_list("subject", "reason")]
    assert [text for text in sent if tells(text, HELPLINE)] == []


def test_those_who_write_the_lines_never_meet_the_number(world: World) -> None:
    line = PhoneLine.objects.get(audience=LineAudience.VERIFIED)
    editor = sign_in(Client(), make_user(Role.EDITOR))
    snippet = "wagtailsnippets_network_phoneline"
    pages = [
        reverse(f"{snippet}:list"),
        reverse(f"{snippet}:edit", args=[line.pk]),
        reverse(f"{snippet}:history", args=[line.pk]),
        reverse(f"{snippet}:usage", args=[line.pk]),
        reverse(f"{snippet}:delete", args=[line.pk]),
    ]
    assert [page for page in pages if told_by(editor, page)] == []
    boss = sign_in(Client(), make_user(Role.ADMINISTRATOR))
    pages = [
        reverse("network:phone_lines"),
        reverse("network:reserved_number", args=[line.pk]),
        reverse("network:journal"),
    ]
    assert [page for page in pages if told_by(boss, page)] == []


def test_verified_professional_reads_the_number_where_it_is_told(world: World) -> None:
    """The control: the search sees what is there."""
    world.become(Role.CLINICIAN)
    told: list[tuple[str, Any]] = [(reverse("network:phone_lines"), True)]
    told += [(reverse("home:find"), True), (reverse("home:dashboard"), False)]
    assert [(page, told_by(world.client, page)) for page, _told in told] == told
