"""Every page of the portal, as somebody who may open it, under axe.

`make test-wide` looks at each on a phone, at the colours of a sample, light and dark by turns;
`make prove` looks at all, in two widths and schemes.
"""

from collections.abc import Iterator
from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from network.enums import Role
from tests.factories.home import make_site
from tests.factories.network import make_user
from tests.factories.training import make_card, make_index, make_module, make_vignette, publish
from tests.house.matrix import OPENS, our_addresses
from tests.house.test_access_matrix import LINES
from tests.house.world import World
from tests.journeys.watch import (
    ALL,
    EACH_PAGE,
    STRUCTURE,
    Enter,
    Scheme,
    faults_as_it_stands,
    faults_of,
)
from tests.proofs.scale import SCALE
from tests.quicker import undrawn
from training import content

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove, pytest.mark.wide]
COLOURS_OF_ONE_IN = 4
"""The gallery shows each component in both schemes: contrasts of pages are sampled."""


def visitors() -> dict[Role, list[tuple[str, str]]]:
    """Each address once, given to the first role that may open it, with the label of its object."""
    given: dict[str, tuple[Role, str]] = {}
    for line in LINES:
        for role, answer in line.answers.items():
            if answer == OPENS:
                given.setdefault(line.name, (role, line.label))
    pages: dict[Role, list[tuple[str, str]]] = {}
    for name, (role, label) in given.items():
        pages.setdefault(role, []).append((name, label))
    return pages


def is_page(client: Client, address: str) -> bool:
    """Not a download, a redirection, or an address that is only written to."""
    with undrawn():
        answer = client.get(address)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def in_turn() -> list[list[Role]]:
    """Who opens pages in one test: a world is long to make, and its owner changes roles."""
    return [[Role.COORDINATOR], [role for role in visitors() if role != Role.COORDINATOR]]


@pytest.mark.parametrize("roles", in_turn(), ids=["coordinator", "others"])
def test_every_page_is_well_made(phone: Page, enter: Enter, roles: list[Role]) -> None:
    world = World(roles[0])
    parameters = {name: each.parameters for name, each in our_addresses().items()}
    seen = 0
    schemes: Iterator[Scheme] = cycle(("light", "dark"))
    faults: dict[str, list[str]] = {}
    for role in roles:
        world.become(role)
        enter(phone, world.me)
        for name, label in visitors()[role]:
            address = reverse(name, kwargs=world.kwargs(name, label, parameters[name]))
            if not is_page(world.client, address):
                continue
            phone.goto(address)
            sampled, seen = seen % COLOURS_OF_ONE_IN == 0, seen + 1
            if sampled:
                phone.emulate_media(color_scheme=next(schemes))
            rules = ALL if sampled else STRUCTURE
            if found := faults_of(phone) if SCALE else faults_as_it_stands(phone, rules):
                faults[name] = found
    assert faults == {}
    assert seen > len(roles)


def learning_pages() -> dict[str, list[str]]:
    """The pages of the catalogue by who reads them: the lesson shows the widest figures."""
    make_site()
    case = make_vignette()
    module = make_module(lessons=1, vignettes=[case])
    lesson = module.get_children().get().specific
    widest = sorted((each["figure"] for each in content.cards() if "figure" in each), key=len)
    lesson.body = [("evidence", make_card(figure=figure)) for figure in widest[-4:]]
    publish(lesson)
    shared = [each.url for each in (make_index(), case, module)]
    return {"": shared, Role.CLINICIAN: [*shared, lesson.url]}


@pytest.mark.parametrize("reader", ["", Role.CLINICIAN], ids=["visitor", "clinician"])
def test_every_page_of_the_catalogue_is_well_made(page: Page, enter: Enter, reader: str) -> None:
    addresses = learning_pages()[reader]
    if reader:
        enter(page, make_user(Role(reader)))
    faults: dict[str, list[str]] = {}
    for address in addresses:
        page.goto(address)
        assert page.url.endswith(address)
        if found := faults_of(page, EACH_PAGE):
            faults[address] = found
    assert faults == {}
