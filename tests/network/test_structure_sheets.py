"""A spreadsheet of structures: what each line would do, then all of it or nothing."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from network.enums import Role, StructureKind
from network.imports.structures import read_structures
from network.models import JournalEntry, Structure, WaitReading
from network.rules.structure_sheets import Fate, Known, Line, Wait, compare
from portal.kit.grids.grid import Refused
from tests.factories.directory import make_structure
from tests.factories.network import make_user, sign_in

PAGE = "network:directory_import"
HEAD = "Nom;Type;Rattachée à;Département;Personnes reçues;Téléphone;FINESS;Télé-expertise"
WAITS = "Attente (semaines);Attente connue le;Attente, source"
OLD, NEW = date(2026, 1, 5), date(2026, 10, 5)
KNOWN = {"Centre A": Known({"kind": "centre", "city": "Paris"}, "", Wait(8, "declared", NEW))}


def line(name: str, parent: str = "", wait: Wait | None = None, **values: Any) -> Line:
    return Line(2, name, {"kind": "centre"} | values, parent, wait)


@pytest.mark.parametrize(
    ("lines", "fates"),
    [
        ([line("Centre A")], [(Fate.UNCHANGED, ())]),
        ([line("Centre A", city="Lille")], [(Fate.CHANGED, ("city",))]),
        ([line("Centre A", wait=Wait(9, "declared", NEW))], [(Fate.CHANGED, ("wait",))]),
        ([line("Centre A", wait=Wait(9, "declared", OLD))], [(Fate.UNCHANGED, ())]),
        ([line("Centre B")], [(Fate.CREATED, ())]),
        ([line("Centre B"), line("centre b")], [(Fate.REFUSED, ()), (Fate.REFUSED, ())]),
        ([line("Antenne", "Ailleurs")], [(Fate.REFUSED, ())]),
        ([line("Antenne", "Centre B"), line("Centre B")], [(Fate.CREATED, ())] * 2),
        ([Line(2, "Centre A", faults=("faux",))], [(Fate.REFUSED, ())]),
    ],
)
def test_line_says_what_it_would_do(lines: list[Line], fates: list[Any]) -> None:
    found = compare(lines, KNOWN, twice="deux fois", orphan="sans parent")
    assert [(each.fate, each.fields) for each in found] == fates
    assert all(bool(each.reasons) is (each.fate == Fate.REFUSED) for each in found)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Centre;centre de la douleur;;94;adultes, enfants;01 99 00 20 20;;oui", ""),
        ("Centre;;;94;;;;", "Type : à remplir (centre de la douleur, "),
        ("Centre;clinique;;94;;;;", "« clinique » n’est pas de la liste"),
        ("Centre;centre de la douleur;;20;;;;", "un numéro de département"),
        ("Centre;centre de la douleur;;94;bébés;;;", "« bébés » n’est pas de la liste"),
        ("Centre;centre de la douleur;;94;;;123456789;", "neuf chiffres"),
        ("Centre;centre de la douleur;;94;;;;peut-être", "oui ou non"),
        ("Centre;centre de la douleur;Autre;94;;;;", "Seule une permanence"),
        (";centre de la douleur;;94;;;;", "à remplir"),
    ],
)
def test_cell_that_cannot_be_read_is_told(row: str, told: str) -> None:
    (found,) = read_structures(f"{HEAD}\n{row}\n".encode())
    faults = " ".join(found.faults).replace("\u00a0", " ")
    assert (told in faults, bool(faults)) == (True, bool(told))
    if not told:
        assert found.values["populations"] == ["adult", "child"]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"Nom;Type\nA;centre\n", b"Nom;Type\n=cmd();x\n"]
)
def test_file_that_is_no_directory_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_structures(content)


def send(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("annuaire.csv", content)
    return client.post(reverse(PAGE), {"file": file})


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    return sign_in(client, make_user(Role.EDITOR))


def test_template_brought_back_changes_nothing(editor: Client) -> None:
    parent = make_structure(
        kind=StructureKind.CENTRE, weeks=12, populations=["adult", "child"], techniques=["hypnosis"]
    )
    make_structure(kind=StructureKind.PERMANENCE, parent=parent, tele_expertise=True, finess="")
    template = editor.get(reverse("network:directory_template"))
    answer = send(editor, template.content)
    assert {row["label"] for row in answer.context["rows"]} == {"Inchangée"}
    assert "Rien à faire" in answer.content.decode()


def test_file_is_looked_at_then_written_whole_and_once(editor: Client) -> None:
    make_structure(name="Centre A", kind=StructureKind.CENTRE, department="75", phone="")
    rows = (
        f"{HEAD};{WAITS}",
        "Antenne;permanence avancée;Centre B;94;adultes;;;non;;;",
        "Centre A;centre de la douleur;;75;adultes;01 99 00 20 20;;non;;;",
        "Centre B;centre de la douleur;;94;enfants;;;oui;12;05/10/2026;dite par la structure",
    )
    content = "\n".join(rows).encode()
    seen = send(editor, content)
    assert [row["label"] for row in seen.context["rows"]] == ["Ajoutée", "Modifiée", "Ajoutée"]
    assert Structure.objects.count() == 1  # a look writes nothing
    kept = {"kept": seen.context["kept"].initial["kept"]}
    assert editor.post(reverse(PAGE), kept).status_code == 302
    assert Structure.objects.get(name="Antenne").parent == Structure.objects.get(name="Centre B")
    assert WaitReading.objects.get().weeks == 12
    verbs = ("structure.created", "structure.changed")
    assert JournalEntry.objects.filter(verb__in=verbs).count() == 3
    assert editor.post(reverse(PAGE), kept).status_code == 302  # sent twice
    assert (JournalEntry.objects.filter(verb__in=verbs).count(), WaitReading.objects.count()) == (
        3,
        1,
    )
    assert "Rien à faire" in send(editor, content).content.decode()


def test_one_refused_line_stops_them_all(editor: Client) -> None:
    content = f"{HEAD}\nCentre B;centre de la douleur;;94;;;;\nCentre C;?;;94;;;;\n".encode()
    seen = send(editor, content)
    assert "Rien ne sera écrit" in seen.content.decode()
    kept = {"kept": seen.context["kept"].initial["kept"]}
    assert editor.post(reverse(PAGE), kept).status_code == 422
    assert editor.post(reverse(PAGE), {"kept": "forged"}).status_code == 422
    assert Structure.objects.count() == 0


def test_file_that_cannot_be_read_says_why(editor: Client) -> None:
    answer = send(editor, io.BytesIO(b"%PDF-1.7").getvalue())
    assert (answer.status_code, "C’est un PDF" in answer.content.decode()) == (422, True)
    assert editor.post(reverse(PAGE)).status_code == 422
