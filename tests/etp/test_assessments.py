"""The shared assessment: drafts, versions, what closing makes final, and what it opens."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from etp.actions import assessments, evaluations, openings
from etp.actions.assessments import Aim
from etp.enums import SheetPart, Theme
from etp.models import Assessment, Objective, ObjectiveRating, Opening
from network.enums import PathwayState, Role
from network.models import JournalEntry
from tests.factories.etp import (
    NOW,
    make_assessment,
    make_draft,
    make_evaluation,
    make_workshop,
)
from tests.factories.network import make_patient, make_user

pytestmark = pytest.mark.django_db


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as refused:
        call()
    return refused.value.messages[0]


def verbs() -> list[str]:
    entries = JournalEntry.objects.exclude(verb="role.granted").order_by("pk")
    return list(entries.values_list("verb", flat=True))


def test_start_twice_is_one_draft() -> None:
    draft = make_draft()
    again = assessments.start_assessment(patient=draft.patient, by=draft.led_by, now=NOW)
    assert (again, draft.number, verbs()) == (draft, 1, ["assessment.started"])


def test_start_out_of_follow_up_is_refused() -> None:
    patient = make_patient(state=PathwayState.REQUESTED, included_on=None)
    assert "inclusion" in refusal(lambda: make_draft(patient))


def test_new_version_begins_with_what_the_last_one_said() -> None:
    first = make_assessment(needs=["pain"], daily_life="Le sommeil")
    second = make_draft(first.patient)
    assert (second.number, second.needs, second.daily_life) == (2, ["pain"], "Le sommeil")
    assert (second.consent_on, second.closed_at) == (None, None)
    copied = second.objectives.values_list("words", "theme", "start")
    assert list(copied) == [("Dormir", Theme.RELAXATION, None)]


def test_part_keeps_its_fields_alone() -> None:
    draft = make_draft()
    kept = {"needs": ["pain", "hypnosis"], "daily_life": "Les courses"}
    saved = assessments.save_part(
        assessment=draft, part=SheetPart.NEEDS, values=kept, by=draft.led_by, now=NOW
    )
    saved.refresh_from_db()
    assert (saved.needs, saved.daily_life) == (["pain", "hypnosis"], "Les courses")


def test_consent_to_come_is_refused() -> None:
    draft = make_draft()
    values = {"held_on": NOW.date(), "consent_on": NOW.date() + timedelta(days=1)}
    message = refusal(
        lambda: assessments.save_part(
            assessment=draft, part=SheetPart.CONSENT, values=values, by=draft.led_by, now=NOW
        )
    )
    assert message == "Cette date est à venir."


def test_six_objectives_are_refused() -> None:
    draft = make_draft()
    six = [Aim(f"But {n}", Theme.PAIN) for n in range(6)]
    assert "Cinq" in refusal(
        lambda: assessments.save_objectives(assessment=draft, aims=six, by=draft.led_by, now=NOW)
    )


def test_close_asks_for_an_objective_then_for_consent() -> None:
    draft = make_draft()

    def close() -> object:
        return assessments.close_assessment(assessment=draft, by=draft.led_by, now=NOW)

    assert "objectif" in refusal(close)
    one = [Aim("Dormir", Theme.RELAXATION)]
    assessments.save_objectives(assessment=draft, aims=one, by=draft.led_by, now=NOW)
    assert "accord" in refusal(close)


def test_closed_once_with_its_first_ratings() -> None:
    sheet = make_assessment(aims=[Aim("Dormir", Theme.PAIN, 3), Aim("Marcher", Theme.MOVEMENT)])
    again = assessments.close_assessment(assessment=sheet, by=sheet.led_by, now=NOW)
    assert again.closed_at == NOW
    assert list(ObjectiveRating.objects.values_list("value", flat=True)) == [3]
    assert verbs().count("assessment.closed") == 1


def test_closed_is_written_no_more() -> None:
    sheet = make_assessment()
    told = refusal(
        lambda: assessments.save_objectives(assessment=sheet, aims=[], by=sheet.led_by, now=NOW)
    )
    assert "nouvelle version" in told


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: Assessment.objects.filter(pk=sheet.pk).update(daily_life="Autre"),
        lambda sheet: Assessment.objects.filter(pk=sheet.pk).update(closed_at=None),
        lambda sheet: sheet.objectives.update(words="Autre"),
        lambda sheet: sheet.objectives.get().delete(),
        lambda sheet: Objective.objects.create(assessment=sheet, words="Encore"),
    ],
)
def test_database_refuses_any_change_of_a_closed_assessment(
    change: Callable[[Assessment], object],
) -> None:
    sheet = make_assessment(aims=[Aim("Dormir", Theme.RELAXATION)])
    with pytest.raises(DatabaseError), transaction.atomic():
        change(sheet)


def test_second_draft_of_one_patient_is_refused_by_the_database() -> None:
    draft = make_draft()
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.create(
            patient=draft.patient,
            number=2,
            held_on=NOW.date(),
            led_by=draft.led_by,
            started_at=NOW,
        )


# --- Workshops opened


def test_opened_twice_is_once_with_one_link() -> None:
    sheet, workshops = make_assessment(), [make_workshop(), make_workshop()]
    for _ in range(2):
        openings.open_workshops(assessment=sheet, workshops=workshops, by=sheet.led_by, now=NOW)
    assert Opening.objects.open().count() == 2
    assert (verbs().count("workshop.opened"), verbs().count("link.sent")) == (2, 1)


def test_patient_without_address_has_workshops_opened_and_no_link() -> None:
    sheet = make_assessment(make_patient(email=""))
    done = openings.open_workshops(
        assessment=sheet, workshops=[make_workshop()], by=sheet.led_by, now=NOW
    )
    assert (len(done.openings), done.told, "link.sent" in verbs()) == (1, False, False)


def test_draft_opens_nothing() -> None:
    draft, workshop = make_draft(), make_workshop()
    told = refusal(
        lambda: openings.open_workshops(
            assessment=draft, workshops=[workshop], by=draft.led_by, now=NOW
        )
    )
    assert "Terminez" in told


def test_closed_opening_may_be_opened_again() -> None:
    sheet, workshop = make_assessment(), make_workshop()

    def open_it() -> list[Opening]:
        return openings.open_workshops(
            assessment=sheet, workshops=[workshop], by=sheet.led_by, now=NOW
        ).openings

    (opening,) = open_it()
    for _ in range(2):
        openings.close_opening(opening=opening, by=sheet.led_by, now=NOW)
    assert verbs().count("workshop.closed") == 1
    assert len(open_it()) == 1


# --- Evaluation


def test_evaluation_rates_what_has_moved() -> None:
    sheet = make_assessment()
    aim = sheet.objectives.get()
    for value in (3, 6, 6):
        make_evaluation(sheet, ratings={aim.pk: value})
    assert list(aim.ratings.values_list("value", flat=True)) == [3, 6]


def test_evaluation_before_the_assessment_is_refused() -> None:
    sheet = make_assessment()
    told = refusal(lambda: make_evaluation(sheet, held_on=NOW.date() - timedelta(days=1)))
    assert told == "L’évaluation précède le bilan."


def test_letter_makes_the_evaluation_final() -> None:
    evaluation = make_evaluation(make_assessment())
    by = make_user(Role.COORDINATOR)
    for _ in range(2):
        found = evaluations.prepare_letter(evaluation=evaluation, by=by, now=NOW)
    assert found.letter_on == NOW.date()
    assert verbs().count("evaluation.sent") == 1
    assert "ne change plus" in refusal(lambda: make_evaluation(evaluation.assessment))
