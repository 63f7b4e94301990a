"""Who reads what of one patient's file: each relation × each page and document, and the journal."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from network.models import JournalEntry
from network.models.journal import READINGS
from tests.databases import kept_apart
from tests.factories.network import sign_in
from tests.house.file_world import PART_OF_IT, File
from tests.house.matrix import NOT_FOUND, OPENS, REFUSED, letter

pytestmark = [pytest.mark.django_db, pytest.mark.portable]

PAGES = """
file pathway answers sheet sheet_pdf liaison plan version plan_pdf changes sharing
review minutes request piece to_doctor to_patient receipt
own_file own_path own_plan own_plan_pdf own_readers own_sharing own_minutes own_answers
"""

WORKSHOP_PAGES = """
assessment closed evaluated report session my_session
own_workshops own_workshop own_place own_dates own_objectives own_opinion
"""

# Y opens · F refused, whoever the patient · N not found: it does not exist for this person
TABLE = """
# the file                                    review  request    letters   the patient's own pages
treating         Y Y Y Y Y Y Y Y Y Y Y        Y Y     F Y        Y N N     F F F F F F F F
team             Y Y Y Y Y Y Y Y Y Y Y        Y Y     F Y        Y N N     F F F F F F F F
past_team        N N N N N N N N N N N        N N     F N        N N N     F F F F F F F F
break_glass      Y Y Y Y Y Y Y Y Y Y N        N N     F Y        N N N     F F F F F F F F
facilitator      N N N N N N N N N N N        N N     F N        N N N     F F F F F F F F
review_agreed    N N N N N N N N N N N        Y Y     F N        N N N     F F F F F F F F
review_alone     N N N N N N N N N N N        N N     F N        N N N     F F F F F F F F
occupational     N N N N N N N N N N N        Y Y     F N        N N N     F F F F F F F F
author           N N N N N N N N N N N        N N     F Y        Y N Y     F F F F F F F F
unrelated        N N N N N N N N N N N        N N     F N        N N N     F F F F F F F F
coordinator      Y Y Y Y Y Y Y Y Y Y Y        Y Y     Y Y        Y Y F     F F F F F F F F
medical_director Y Y Y Y Y Y Y Y Y Y Y        Y Y     Y Y        Y Y F     F F F F F F F F
accountant       F F F F F F F F F F F        F F     F F        F F F     F F F F F F F F
administrator    F F F F F F F F F F F        F F     F F        F F F     F F F F F F F F
editor           F F F F F F F F F F F        F F     F F        F F F     F F F F F F F F
patient          F F F F F F F F F F F        F F     F F        N Y F     Y Y Y Y Y Y Y Y
other_patient    F F F F F F F F F F F        F F     F F        N N F     N N N N N N N N
parent           F F F F F F F F F F F        F F     F F        N Y F     Y Y Y Y Y Y Y Y
grown_up_parent  F F F F F F F F F F F        F F     F F        N N F     N N N N N N N N
"""
WORKSHOPS = """
# assessment, evaluation     sessions   the patient's own
treating         F F F F     F F        F F F F F F
team             F F F F     F F        F F F F F F
past_team        F F F F     F F        F F F F F F
break_glass      F F F F     F F        F F F F F F
facilitator      F F F F     F Y        F F F F F F
review_agreed    F F F F     F F        F F F F F F
review_alone     F F F F     F F        F F F F F F
occupational     F F F F     F F        F F F F F F
author           F F F F     F F        F F F F F F
unrelated        F F F F     F F        F F F F F F
coordinator      Y Y Y Y     Y F        F F F F F F
medical_director Y Y Y Y     Y F        F F F F F F
accountant       F F F F     F F        F F F F F F
administrator    F F F F     F F        F F F F F F
editor           F F F F     F F        F F F F F F
patient          F F F F     F F        Y Y Y Y Y Y
other_patient    F F F F     F F        N N N N N N
parent           F F F F     F F        Y Y Y Y Y Y
grown_up_parent  F F F F     F F        N N N N N N
"""


def table(pages: str, lines: str) -> dict[str, dict[str, str]]:
    return {
        words[0]: dict(zip(pages.split(), words[1:], strict=True))
        for words in map(str.split, lines.strip().splitlines())
        if words[0] != "#"
    }


LINES, WORKSHOP_LINES = table(PAGES, TABLE), table(WORKSHOP_PAGES, WORKSHOPS)
UNTOLD = {page for page in WORKSHOP_PAGES.split() if page.startswith("own_")}
"""What a person books and answers alone: their own gestures, not readings of the file."""
STRANGERS = ("past_team", "review_alone", "unrelated", "other_patient", "grown_up_parent")


@pytest.fixture(scope="module")
def common_file(django_db_setup: None, django_db_blocker: Any) -> Iterator[File]:
    with kept_apart(django_db_blocker):
        yield File("unrelated")


def told_of(file: File) -> int:
    lines = JournalEntry.objects.filter(patient=file.patient, actor=file.reader)
    return lines.filter(verb__in=READINGS | {"readers.read"}).count()


@pytest.mark.usefixtures("answers_alone")
@pytest.mark.parametrize("relation", LINES)
def test_relation_reads_what_the_table_says_and_the_journal_tells(
    common_file: File, relation: str
) -> None:
    file = File(relation) if relation in PART_OF_IT else common_file.read_by(relation)
    client = sign_in(Client(), file.reader)
    found, unseen = {}, []
    for page, address in (file.addresses | file.workshops).items():
        with transaction.atomic():
            before = told_of(file)
            found[page] = letter(client.get(address))
            if (told_of(file) > before) != (found[page] == OPENS and page not in UNTOLD):
                unseen.append(page)
            transaction.set_rollback(True)
    assert found == LINES[relation] | WORKSHOP_LINES[relation]
    assert unseen == []  # what opens leaves a line, what does not leaves none


@pytest.mark.parametrize("relation", STRANGERS)
def test_nothing_of_a_file_exists_for_who_has_no_part_in_it(relation: str) -> None:
    lines = LINES[relation] | WORKSHOP_LINES[relation]
    assert set(lines.values()) <= {NOT_FOUND, REFUSED}


@pytest.mark.parametrize(("relation", "reads"), [("patient", True), ("parent", False)])
def test_answers_are_the_childs_own(common_file: File, relation: str, reads: bool) -> None:
    """What a minor answered alone is not shown to those who represent them (CSP L1111-5)."""
    file = common_file.read_by(relation)
    text = sign_in(Client(), file.reader).get(file.addresses["own_answers"]).text
    assert ("Merci." in text) is reads  # what the free question was answered
