"""Questionnaires: asked once, answered by one person, sent and frozen; alerts; reminders."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from network.actions.alerts import take_in_charge
from network.actions.questionnaire import (
    Answerer,
    BegunByAnother,
    Closed,
    begin_on_paper,
    hand_in,
    save_answer,
    send_questionnaire,
)
from network.actions.questionnaire_reminders import remind_all
from network.enums import AnsweredAs, PathwayState, QuestionnaireKind, Role
from network.models import (
    AnswerAlert,
    ItemAnswer,
    JournalEntry,
    OutboxMessage,
    Patient,
    PersonalLink,
    Questionnaire,
    Representative,
    Response,
    User,
)
from network.rules import catalogue as shelf
from network.rules.catalogue import Locked, catalogue, latest
from network.rules.instruments import InvalidAnswer, read_instrument
from network.rules.questionnaire import (
    CONTENTS,
    LONGEST,
    Reader,
    Reminder,
    due_reminder,
    first_unanswered,
    minutes_left,
    questions_of,
    reads_own,
    spans,
)
from network.selectors.questionnaires import curves, filling, own_answered, parts_of, waiting
from network.selectors.verify_questionnaires import questionnaires as recount
from tests.factories.network import make_patient, make_user
from tests.factories.questionnaires import PATIENT, answer, ask, make_sent, send

NOW = datetime(2026, 11, 16, 9, tzinfo=timezone.get_default_timezone())
COORDINATION = AnsweredAs.COORDINATION


def asked(**fields: Any) -> Questionnaire:
    return ask(make_patient(**({"email": "lou@example.org"} | fields)), now=NOW)


def keep(sheet: Questionnaire, value: Any, item: str = "9", answerer: Answerer = PATIENT) -> bool:
    return save_answer(
        questionnaire=sheet,
        instrument="phq9",
        item=item,
        value=value,
        answerer=answerer,
        now=NOW,
    )


def child_and_parent() -> tuple[Patient, User]:
    child = make_patient(birth_date=date(2012, 5, 1), email="ado@example.org")
    parent = make_user(Role.PATIENT)
    Representative.objects.create(patient=child, user=parent, relation="mère")
    return child, parent


# Rules


@pytest.mark.parametrize("kind", list(QuestionnaireKind))
def test_questionnaire_takes_less_than_a_quarter_of_an_hour(kind: QuestionnaireKind) -> None:
    questions = questions_of([latest(key, on=NOW.date()) for key in CONTENTS[kind]])
    assert sum(each.seconds for each in questions) < LONGEST.total_seconds()
    assert [each.rank for each in questions] == list(range(1, len(questions) + 1))


def test_resumed_at_the_first_question_without_answer() -> None:
    questions = questions_of([latest("douleur", on=NOW.date())])
    answered = {("douleur", "now"), ("douleur", "worst")}
    found = first_unanswered(questions, answered)
    assert found is not None
    assert found.key == ("douleur", "mean")
    assert minutes_left(questions, answered) == 1
    assert first_unanswered(questions, {each.key for each in questions}) is None
    assert minutes_left(questions, {each.key for each in questions}) == 0


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        (0, None),
        (71.9, None),
        (72, Reminder.FIRST),
        (239.9, Reminder.FIRST),
        (240, Reminder.SECOND),
        (503.9, Reminder.SECOND),
        (504, None),
    ],
)
def test_reminders_after_three_and_ten_days(hours: float, due: Reminder | None) -> None:
    assert due_reminder(asked_at=NOW, now=NOW + timedelta(hours=hours)) == due


@pytest.mark.parametrize(
    ("answered_as", "by", "reader", "reads"),
    [
        (AnsweredAs.PATIENT, None, Reader(1, represents=False), True),
        (AnsweredAs.PATIENT, 1, Reader(None, represents=False), True),
        (AnsweredAs.PATIENT, 1, Reader(2, represents=True), False),
        (AnsweredAs.COORDINATION, 3, Reader(1, represents=False), True),
        (AnsweredAs.COORDINATION, 3, Reader(2, represents=True), False),
        (AnsweredAs.REPRESENTATIVE, 2, Reader(2, represents=True), True),
        (AnsweredAs.REPRESENTATIVE, 2, Reader(4, represents=True), False),
        (AnsweredAs.REPRESENTATIVE, 2, Reader(1, represents=False), False),
        (None, None, Reader(1, represents=False), False),
    ],
)
def test_each_reads_their_own_words(
    answered_as: AnsweredAs | None, by: int | None, reader: Reader, reads: bool
) -> None:
    assert reads_own(answered_as=answered_as, answered_by=by, reader=reader) is reads


def test_curve_is_broken_where_no_score_was_counted() -> None:
    assert list(spans([(1, 5), (2, None), (3, 4), (4, 2)])) == [[(1, 5)], [(3, 4), (4, 2)]]


# Asked


@pytest.mark.django_db
def test_questionnaire_asked_once_and_its_link_mailed() -> None:
    patient = make_patient(email="lou@example.org")
    first = send_questionnaire(patient=patient, by=None, now=NOW)
    again = send_questionnaire(patient=patient, by=None, now=NOW + timedelta(hours=1))
    assert (first.told, again.told, first.questionnaire.pk) == (True, True, again.questionnaire.pk)
    assert Questionnaire.objects.count() == 1
    mails = OutboxMessage.objects.order_by("pk")
    assert [each.to for each in mails] == ["lou@example.org"] * 2
    assert "/acces/" in mails[0].body
    assert not any(word in mails[0].body.lower() for word in ("douleur", "dédale", "moral"))
    assert len(filling(first.questionnaire, on=NOW.date()).questions) == 41


@pytest.mark.django_db
def test_without_address_it_waits_all_the_same() -> None:
    done = send_questionnaire(patient=make_patient(email=""), by=None, now=NOW)
    assert done.told is False
    assert waiting(done.questionnaire.patient) == done.questionnaire


@pytest.mark.django_db
def test_locked_instrument_is_neither_asked_nor_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = asked()
    free = catalogue()["sommeil", 1]
    rights = {"licence": "commercial", "citation": "Quelqu’un"}
    data = {
        "id": "sommeil",
        "version": 1,
        "language": "fr",
        "title": free.title,
        "theme": free.theme,
        "scales": {"s": {"kind": "number", "min": 0, "max": 10, "low": "a", "high": "b"}},
        "items": [{"id": "week", "text": "Mots d’un autre", "scale": "s"}],
        "scores": [],
        "rights": rights,
    }
    shut = {**catalogue(), ("sommeil", 1): read_instrument(data)}
    monkeypatch.setattr(shelf, "catalogue", lambda: shut)
    monkeypatch.setattr("network.models.questionnaire.catalogue", lambda: shut)
    texts = [each.item.text for each in filling(sheet, on=NOW.date()).questions]
    assert len(texts) == 40
    assert "Mots d’un autre" not in texts
    with pytest.raises(Locked):
        save_answer(
            questionnaire=sheet,
            instrument="sommeil",
            item="week",
            value=3,
            answerer=PATIENT,
            now=NOW,
        )
    send(answer(sheet, now=NOW), now=NOW)
    part = next(each for each in parts_of(sheet, on=NOW.date()) if each.instrument.id == "sommeil")
    assert (part.locked, part.lines) == (True, [])
    later = ask(make_patient(email="b@example.org"), now=NOW)
    assert not later.responses.filter(instrument_id="sommeil").exists()


# Answered


@pytest.mark.django_db
def test_answer_kept_again_is_one() -> None:
    sheet = asked()
    for value in (1, 0, None, 0):
        keep(sheet, value, item="1")
    assert list(ItemAnswer.objects.values_list("value", flat=True)) == [0]
    assert JournalEntry.objects.filter(verb="questionnaire.begun").count() == 1


@pytest.mark.django_db
def test_answer_that_the_item_does_not_allow_is_refused() -> None:
    sheet = asked()
    with pytest.raises(InvalidAnswer):
        keep(sheet, 4)
    assert ItemAnswer.objects.count() == 0


@pytest.mark.django_db
def test_who_begins_goes_on_alone() -> None:
    child, parent = child_and_parent()
    sheet = ask(child, now=NOW)
    keep(sheet, 0, item="1", answerer=Answerer(AnsweredAs.PATIENT, None))
    for other in (
        Answerer(AnsweredAs.REPRESENTATIVE, parent),
        Answerer(COORDINATION, make_user(Role.COORDINATOR)),
    ):
        with pytest.raises(BegunByAnother):
            keep(sheet, 1, item="1", answerer=other)
    keep(sheet, 2, item="1", answerer=Answerer(AnsweredAs.PATIENT, make_user(Role.PATIENT)))


@pytest.mark.django_db
def test_another_parent_does_not_go_on() -> None:
    child, parent = child_and_parent()
    sheet = ask(child, now=NOW)
    keep(sheet, 0, item="1", answerer=Answerer(AnsweredAs.REPRESENTATIVE, parent))
    with pytest.raises(BegunByAnother):
        other = Answerer(AnsweredAs.REPRESENTATIVE, make_user(Role.PATIENT))
        keep(sheet, 0, item="2", answerer=other)


@pytest.mark.django_db
def test_paper_takes_the_place_of_what_was_begun_online() -> None:
    by = make_user(Role.COORDINATOR)
    sheet = asked()
    assert begin_on_paper(patient=sheet.patient, by=by, now=NOW) == sheet
    keep(sheet, 0, item="1")
    paper = begin_on_paper(patient=sheet.patient, by=by, now=NOW)
    assert begin_on_paper(patient=sheet.patient, by=by, now=NOW) == paper
    assert paper != sheet
    with pytest.raises(Closed):
        keep(sheet, 1, item="1")
    keep(paper, 1, item="1", answerer=Answerer(COORDINATION, by))


# Sent


@pytest.mark.django_db
def test_sent_answers_are_scored_and_complete_the_file() -> None:
    sheet = asked(state=PathwayState.INCOMPLETE, completed_on=None, included_on=None)
    answer(sheet, rank=1, now=NOW)
    sent = send(sheet, now=NOW)
    send(sheet, now=NOW + timedelta(days=1))
    sent.refresh_from_db()
    patient = Patient.objects.get()
    assert (sent.sent_at, patient.state, patient.completed_on) == (
        NOW,
        PathwayState.REQUESTED,
        NOW.date(),
    )
    scores = {each.instrument_id: each.scores for each in Response.objects.all()}
    assert scores["phq9"] == {"total": 9}
    assert scores["gad7"] == {"total": 7}
    assert scores["who5"] == {"total": 80}
    assert scores["corps"] == {"count": 1}
    assert JournalEntry.objects.filter(verb="questionnaire.sent").count() == 1


@pytest.mark.django_db
def test_sent_short_one_leaves_the_request_as_it_is() -> None:
    patient = make_patient(state=PathwayState.INCOMPLETE, completed_on=None, included_on=None)
    make_sent(patient, kind=QuestionnaireKind.SHORT, now=NOW)
    patient.refresh_from_db()
    assert patient.state == PathwayState.INCOMPLETE


@pytest.mark.django_db
def test_sent_with_answers_missing_counts_what_can_be() -> None:
    sheet = answer(asked(), ("sommeil", "week"), rank=4, now=NOW)
    send(sheet, now=NOW)
    scores = {each.instrument_id: each.scores for each in Response.objects.all()}
    assert scores["sommeil"] == {"week": 4}
    assert scores["phq9"] == {"total": None}


@pytest.mark.django_db
def test_nothing_answered_is_not_sent() -> None:
    with pytest.raises(ValidationError):
        hand_in(questionnaire=asked(), answerer=PATIENT, now=NOW)


@pytest.mark.django_db
def test_sent_questionnaire_never_changes() -> None:
    sheet = make_sent(make_patient(), now=NOW)
    with pytest.raises(Closed):
        keep(sheet, 1, item="1")
    kept = ItemAnswer.objects.filter(response__questionnaire=sheet)
    for change in (
        lambda: kept.update(value=3),
        kept.delete,
        lambda: Response.objects.update(scores={}),
        lambda: Questionnaire.objects.update(sent_at=None),
        lambda: ItemAnswer.objects.create(response=sheet.responses.all()[0], item="x", at=NOW),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_verify_recounts_scores_and_knows_the_words() -> None:
    from collections import Counter

    sheet = answer(asked(), rank=2, now=NOW)
    tally: Counter[str] = Counter()
    assert list(recount(tally)) == []
    assert tally["réponses"] == len(CONTENTS[QuestionnaireKind.ENTRY])
    Response.objects.filter(instrument_id="phq9").update(content_hash="0" * 64)
    assert [str(each).count("phq9") for each in recount(Counter())] == [1]
    Response.objects.filter(instrument_id="gad7").update(scores={"total": 0})
    Questionnaire.objects.filter(pk=sheet.pk).update(sent_at=NOW)
    found = [each.subject for each in recount(Counter())]
    assert any("gad7" in each for each in found)


@pytest.mark.django_db
def test_curves_hold_the_scores_counted_twice() -> None:
    patient = make_patient()
    first = make_sent(patient, rank=3, now=NOW)
    later = NOW + timedelta(days=200)
    second = make_sent(patient, rank=1, kind=QuestionnaireKind.SHORT, now=later)
    found = {each.key: [point.value for point in each.points] for each in curves([second, first])}
    assert found["sommeil-week"] == [3, 1]
    assert "phq9-total" not in found


@pytest.mark.django_db
def test_teenager_s_answers_stay_with_the_teenager() -> None:
    child, parent = child_and_parent()
    alone = make_sent(child, now=NOW)
    together = make_sent(
        child,
        answerer=Answerer(AnsweredAs.REPRESENTATIVE, parent),
        now=NOW + timedelta(days=1),
    )
    assert own_answered(child, Reader(parent.pk, represents=True)) == [together]
    assert own_answered(child, Reader(None, represents=False)) == [alone]


# Alerts


@pytest.mark.django_db
@pytest.mark.parametrize(("value", "alarms"), [(0, False), (None, False), (1, True), (3, True)])
def test_last_question_of_phq9_alarms_at_once(value: int | None, alarms: bool) -> None:
    sheet = asked()
    assert keep(sheet, value) is alarms
    assert AnswerAlert.objects.count() == alarms
    assert JournalEntry.objects.filter(verb="alert.raised").count() == alarms


@pytest.mark.django_db
def test_alert_is_one_and_stays_when_the_answer_changes() -> None:
    sheet = asked()
    for value in (2, 3, 0):
        keep(sheet, value)
    assert AnswerAlert.objects.get().seen_at is None


@pytest.mark.django_db
def test_alert_is_mailed_once_to_open_coordination_without_saying_what_nor_of_whom() -> None:
    desk, closed = make_user(Role.COORDINATOR), make_user(Role.COORDINATOR)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    make_user(Role.MEDICAL_DIRECTOR)
    sheet = asked(birth_name="Sorlin", first_names="Ysée")
    OutboxMessage.objects.all().delete()
    for value in (2, 3):
        keep(sheet, value)
    mail = OutboxMessage.objects.get()
    assert mail.to == desk.email
    assert "Une alerte attend dans le portail" in mail.body
    assert mail.body.count("http") == 1
    said = (mail.subject + mail.body).casefold()
    for word in ("sorlin", "ysée", sheet.patient.code, "phq", "mort", "santé", "questionnaire"):
        assert word not in said
    assert AnswerAlert.objects.filter(seen_at=None).count() == 1


@pytest.mark.django_db
def test_alert_taken_in_charge_by_name_with_a_note() -> None:
    sheet = asked()
    keep(sheet, 1)
    alert, by = AnswerAlert.objects.get(), make_user(Role.COORDINATOR)
    with pytest.raises(ValidationError):
        take_in_charge(alert=alert, note="  ", by=by, now=NOW)
    take_in_charge(alert=alert, note="Appelée, va mieux.", by=by, now=NOW)
    take_in_charge(alert=alert, note="Autre", by=make_user(Role.COORDINATOR), now=NOW)
    alert.refresh_from_db()
    assert (alert.seen_by, alert.note) == (by, "Appelée, va mieux.")
    assert JournalEntry.objects.get(verb="alert.seen").actor == by


# Reminders


@pytest.mark.django_db
def test_reminded_twice_and_no_more_without_closing_the_first_link() -> None:
    sheet = asked()
    sent = [remind_all(now=NOW + timedelta(days=day)) for day in range(30)]
    assert [day for day, count in enumerate(sent) if count] == [3, 10]
    assert OutboxMessage.objects.count() == 3
    assert PersonalLink.objects.filter(revoked_at=None).count() == 3
    sheet.refresh_from_db()
    assert sheet.reminder == Reminder.SECOND


@pytest.mark.django_db
def test_no_reminder_once_sent_or_when_the_patient_left() -> None:
    send(answer(asked(), now=NOW), now=NOW)
    asked(state=PathwayState.REFUSED, included_on=None, email="z@example.org")
    assert remind_all(now=NOW + timedelta(days=4)) == 0


@pytest.mark.django_db
def test_worker_down_for_ten_days_sends_one_reminder() -> None:
    asked()
    assert remind_all(now=NOW + timedelta(days=11)) == 1
    assert remind_all(now=NOW + timedelta(days=11)) == 0
