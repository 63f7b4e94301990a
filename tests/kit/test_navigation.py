"""Which doors one sees, and which one holds the page that one reads."""

import pytest
from django.urls import reverse

from network.enums import Role
from portal.kit.navigation import Link, held_by, holder_of, links_for, mark_current
from tests.factories.network import make_professional, make_user

LINKS = [Link("Actes", "/actes/", "file"), Link("Noter", "/actes/noter/", "add")]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/actes/", ["Actes"]),
        ("/actes/12/", ["Actes"]),
        ("/actes/noter/", ["Noter"]),
        ("/actes/noter/fin/", ["Noter"]),
        ("/compte/", []),
        ("/", []),
    ],
)
def test_nearest_link_marked(path: str, current: list[str]) -> None:
    assert [link.label for link in mark_current(LINKS, path) if link.current] == current


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "shown", "held"),
    [
        (Role.CLINICIAN, ["Se former"], ["Se former"]),
        (
            Role.EDITOR,
            ["Formation"],
            [
                "Questions à revoir",
                "Fiches de preuve",
                "Rencontres",
                "Effet des modules",
                "Paiements par carte",
            ],
        ),
        (
            Role.MEDICAL_DIRECTOR,
            ["Formation"],
            [
                "Se former",
                "Questions à revoir",
                "Fiches de preuve",
                "Rencontres",
                "Effet des modules",
                "Attestations délivrées",
            ],
        ),
    ],
)
def test_door_that_holds_others_stands_for_them(
    role: Role, shown: list[str], held: list[str]
) -> None:
    user = make_user(role)
    training = {*held, "Formation", "Se former"}
    doors = [str(link.label) for link in links_for(user, "/")]
    assert [door for door in doors if door in training] == shown
    assert [str(link.label) for link in held_by("training:committee", user)] == held


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["committee", "home", "questions", "issued_attestations"])
def test_door_is_marked_on_the_pages_that_it_holds(name: str) -> None:
    links = links_for(make_user(Role.MEDICAL_DIRECTOR), reverse(f"training:{name}"))
    assert [str(link.label) for link in links if link.current] == ["Formation"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "holder", "doors"),
    [
        (Role.ACCOUNTANT, "fees:control", ["Actes", "Paiements"]),
        (Role.CLINICIAN, "fees:my_acts", ["Noter un acte", "Mes actes"]),
    ],
)
def test_door_is_held_by_the_one_that_its_reader_opens(
    role: Role, holder: str, doors: list[str]
) -> None:
    user = make_user(role)
    if role is Role.CLINICIAN:
        make_professional(user=user)
    links = links_for(user, reverse("fees:why"))
    fees = {*doors, "Pourquoi pas payé ?"}
    assert [str(link.label) for link in links if str(link.label) in fees] == doors
    assert [link.href for link in links if link.current] == [reverse(holder)]
    assert reverse("fees:why") in [link.href for link in held_by(holder, user)]
    back = holder_of("fees:why", user)
    assert back is not None
    assert back.href == reverse(holder)
