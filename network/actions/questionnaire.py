"""A patient's questionnaire: asked, answered one question at a time, sent and frozen."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network import notices
from network.actions.journal import record
from network.actions.links import Letter, send_personal_link
from network.actions.patients import lock_patient
from network.actions.request_mails import tell
from network.actions.requests import complete_file
from network.enums import AnsweredAs, QuestionnaireKind
from network.events import QuestionnaireSent
from network.models import (
    AnswerAlert,
    ItemAnswer,
    Patient,
    Questionnaire,
    Response,
    User,
)
from network.rules.catalogue import showable, unlocked
from network.rules.instruments import Value
from network.rules.questionnaire import CONTENTS
from network.selectors.recipients import coordinators
from portal.kit.events import publish

ASKED = Letter(
    gettext_lazy("Quelques questions pour préparer la suite"),
    gettext_lazy(
        "Nous avons quelques questions à vous poser. Il faut moins d’un quart d’heure, et vous"
        " pouvez vous arrêter puis reprendre. Voici votre lien."
    ),
)


class Closed(Exception):
    """The questionnaire was sent or withdrawn: nothing can be answered any more."""


class BegunByAnother(Exception):
    """Somebody else began this questionnaire, and goes on with it alone."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers. `user`: None for a patient who came by a link and has no account."""

    role: AnsweredAs
    user: User | None

    def may_go_on(self, questionnaire: Questionnaire) -> bool:
        """Whether this person answers it: nobody has begun, or this very person."""
        if not questionnaire.answered_as:
            return True
        if questionnaire.answered_as != self.role:
            return False
        return self.role != AnsweredAs.REPRESENTATIVE or (
            self.user is not None and questionnaire.answered_by_id == self.user.pk
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """The questionnaire that waits; `told`: a mail with the link has left."""

    questionnaire: Questionnaire
    told: bool


def send_questionnaire(
    *,
    patient: Patient,
    by: User | None,
    now: datetime,
    kind: QuestionnaireKind = QuestionnaireKind.ENTRY,
) -> Sent:
    """Ask a patient, and mail the personal link; the one that already waits is sent again.

    Twice within a minute is once. Without address nothing leaves (`told` is False): the
    coordination calls, or types the paper.
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        waiting = Questionnaire.objects.to_answer().filter(patient=person).first()
        questionnaire = waiting or _ask(person, kind, by=by, now=now)
        try:
            send_personal_link(patient=person, by=by, now=now, letter=ASKED)
        except ValidationError:  # no address
            return Sent(questionnaire, told=False)
        return Sent(questionnaire, told=True)


def begin_on_paper(
    *, patient: Patient, by: User, now: datetime, kind: QuestionnaireKind = QuestionnaireKind.ENTRY
) -> Questionnaire:
    """The questionnaire that the coordination types from the patient's paper.

    What the patient had begun online is withdrawn: the paper takes its place. Twice is once.
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        waiting = Questionnaire.objects.to_answer().filter(patient=person).first()
        if waiting and waiting.answered_as in ("", AnsweredAs.COORDINATION):
            return waiting
        if waiting:
            waiting.withdrawn_at = now
            waiting.save(update_fields=["withdrawn_at"])
            record(verb="questionnaire.withdrawn", by=by, at=now, patient=person)
        return _ask(person, QuestionnaireKind(waiting.kind) if waiting else kind, by=by, now=now)


def _ask(
    patient: Patient, kind: QuestionnaireKind, *, by: User | None, now: datetime
) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(
        patient=patient, kind=kind, asked_at=now, asked_by=by
    )
    shown = showable(CONTENTS[kind], on=timezone.localdate(now))
    Response.objects.bulk_create(
        Response(
            questionnaire=questionnaire,
            position=position,
            instrument_id=each.id,
            version=each.version,
            content_hash=each.content_hash,
        )
        for position, each in enumerate(shown, start=1)
    )
    record(verb="questionnaire.asked", by=by, at=now, patient=patient, subject=kind)
    return questionnaire


def save_answer(
    *,
    questionnaire: Questionnaire,
    instrument: str,
    item: str,
    value: Value,
    answerer: Answerer,
    now: datetime,
) -> bool:
    """Keep one answer (None = passed over); whether it opens the alert path.

    The same answer twice is one, and so is its alert. Raises Closed, BegunByAnother, Locked,
    InvalidAnswer.
    """
    with transaction.atomic():
        locked = _lock(questionnaire.pk)
        if locked.sent_at or locked.withdrawn_at:
            raise Closed
        if not answerer.may_go_on(locked):
            raise BegunByAnother
        response = Response.objects.get(questionnaire=locked, instrument_id=instrument)
        asked = unlocked(response.instrument, on=timezone.localdate(now))
        kept = asked.item(item).check(value)
        ItemAnswer.objects.bulk_create(
            [ItemAnswer(response=response, item=item, value=kept, at=now)],
            update_conflicts=True,
            unique_fields=["response", "item"],
            update_fields=["value", "at"],
        )
        _note_answering(locked, answerer, now)
        if not asked.alarms(item, kept):
            return False
        _raise_alert(locked, instrument, item, answerer, now)
        return True


def _note_answering(questionnaire: Questionnaire, answerer: Answerer, now: datetime) -> None:
    if not questionnaire.answered_as:
        questionnaire.answered_as = answerer.role
        questionnaire.answered_by = answerer.user
        record(verb="questionnaire.begun", by=answerer.user, at=now, patient=questionnaire.patient)
    questionnaire.last_answer_at = now
    questionnaire.save(update_fields=["answered_as", "answered_by", "last_answer_at"])


def _raise_alert(
    questionnaire: Questionnaire, instrument: str, item: str, answerer: Answerer, now: datetime
) -> None:
    alert, new = AnswerAlert.objects.get_or_create(
        questionnaire=questionnaire,
        instrument_id=instrument,
        item=item,
        defaults={"raised_at": now},
    )
    if new:
        record(verb="alert.raised", by=answerer.user, at=now, patient=questionnaire.patient)
        tell(notices.ALERT_WAITS, coordinators(), key=f"alert:{alert.pk}", now=now)


def hand_in(*, questionnaire: Questionnaire, answerer: Answerer, now: datetime) -> Questionnaire:
    """Send the answers: scores are counted, nothing changes any more, an incomplete file is
    complete. Twice is once.

    Raises Closed when it was withdrawn, BegunByAnother, ValidationError when nothing is answered.
    """
    with transaction.atomic():
        patient = lock_patient(questionnaire.patient_id)
        locked = _lock(questionnaire.pk)
        if locked.sent_at:
            return locked
        if locked.withdrawn_at:
            raise Closed
        if not answerer.may_go_on(locked):
            raise BegunByAnother
        if not locked.answered_as:
            raise ValidationError(_("Répondez d’abord à une question au moins."))
        for response in locked.responses.prefetch_related("answers"):
            answers = {each.item: each.value for each in response.answers.all()}
            response.scores = {each.id: each.of(answers) for each in response.instrument.scores}
            response.save(update_fields=["scores"])
        locked.sent_at = now
        locked.save(update_fields=["sent_at"])
        record(verb="questionnaire.sent", by=answerer.user, at=now, patient=patient)
        if locked.kind == QuestionnaireKind.ENTRY:
            complete_file(patient=patient, on=timezone.localdate(now), by=answerer.user, now=now)
        publish(QuestionnaireSent(locked.pk, patient.pk))
    return locked


def _lock(pk: int) -> Questionnaire:
    return Questionnaire.objects.select_for_update(no_key=True).get(pk=pk)
