"""Questionnaires for tests: one asked, one answered, one sent, one that alarms."""

from datetime import datetime

from network.actions.questionnaire import (
    Answerer,
    hand_in,
    save_answer,
    send_questionnaire,
)
from network.enums import AnsweredAs, QuestionnaireKind
from network.models import Patient, Questionnaire, User
from network.rules.instruments import Item, Kind, Value
from network.selectors.questionnaires import filling
from portal.kit import clock

PATIENT = Answerer(AnsweredAs.PATIENT, None)


def ask(
    patient: Patient,
    *,
    kind: QuestionnaireKind = QuestionnaireKind.ENTRY,
    now: datetime | None = None,
    by: User | None = None,
) -> Questionnaire:
    """A questionnaire that waits."""
    at = now or clock.now()
    return send_questionnaire(patient=patient, by=by, now=at, kind=kind).questionnaire


def an_answer(item: Item, rank: int = 0) -> Value:
    """An answer that the item allows, the one of that rank where there are several."""
    if item.scale.kind is Kind.TEXT:
        return "Merci."
    values = [each.value for each in item.scale.choices]
    chosen = values[min(rank, len(values) - 1)]
    return [str(chosen)] if item.scale.kind is Kind.REGIONS else chosen


def answer(
    sheet: Questionnaire,
    *keys: tuple[str, str],
    rank: int = 0,
    answerer: Answerer = PATIENT,
    now: datetime | None = None,
) -> Questionnaire:
    """Answer these questions, or all of them: the choice of that rank each time."""
    at = now or clock.now()
    for question in filling(sheet, on=clock.today()).questions:
        if keys and question.key not in keys:
            continue
        instrument, item = question.key
        save_answer(
            questionnaire=sheet,
            instrument=instrument,
            item=item,
            value=an_answer(question.item, rank),
            answerer=answerer,
            now=at,
        )
    return sheet


def send(
    sheet: Questionnaire, *, answerer: Answerer = PATIENT, now: datetime | None = None
) -> Questionnaire:
    """Send what was answered."""
    return hand_in(questionnaire=sheet, answerer=answerer, now=now or clock.now())


def make_sent(
    patient: Patient,
    *,
    rank: int = 0,
    kind: QuestionnaireKind = QuestionnaireKind.ENTRY,
    answerer: Answerer = PATIENT,
    now: datetime | None = None,
) -> Questionnaire:
    """A questionnaire asked, wholly answered and sent."""
    sheet = answer(ask(patient, kind=kind, now=now), rank=rank, answerer=answerer, now=now)
    return send(sheet, answerer=answerer, now=now)
