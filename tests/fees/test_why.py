"""« Pourquoi pas payé ? »: every situation of an act, its sentence, its gesture, its address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fees import why
from fees.actions.arbitration import arbitrate
from fees.actions.bank_answers import execute, send_back
from fees.actions.batches import drop_batch, prepare_batch
from fees.actions.claims import move_lines, return_line
from fees.actions.course import cancel_act, reopen_act, replace_act, reverse_act
from fees.actions.log import save_draft
from fees.enums import ClaimMove, Kind, Payment, Reason, Stop
from fees.models import Act
from fees.selectors.gestures import gesture_of
from fees.selectors.why import Situation, situations, with_grounds
from fees.transfers import next_bank_day
from network.enums import BankState, Profession, Role
from network.models import BankDetails, Patient, Professional, User
from portal.kit import clock
from tests.factories.fees import (
    account,
    at,
    claim,
    declare,
    log,
    make_account,
    make_rcp_file,
    pay,
    sign,
    validate,
)
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NOW = at(date(2026, 4, 2), 9)
FRIDAY = "3\u00a0avril 2026"
TODAY = "2\u00a0avril 2026"


@dataclass
class Stage:
    """The people of a situation, and its act."""

    patient: Patient
    physio: Professional
    by: User

    def act(self, day: date = DAY) -> Act:
        return log(self.patient, self.physio, Kind.KINE_REMOB, day)

    def banked(self) -> Act:
        make_account(self.physio)
        return self.act()


@pytest.fixture
def stage() -> Stage:
    physio = make_professional(profession=Profession.PHYSIO)
    by = make_user(Role.ACCOUNTANT, first_name="Odile", last_name="Ombrevoie")
    return Stage(make_patient(), physio, by)


def draft(stage: Stage) -> Act:
    request = declare(stage.patient, stage.physio, Kind.KINE_REMOB, DAY)
    return save_draft(**request, by=account(stage.physio), now=at(DAY))


def full(stage: Stage) -> Act:
    for each in range(10):
        stage.act(DAY - timedelta(days=each + 1))
    return stage.act()


def third_assessment(stage: Stage) -> Act:
    doctor = make_professional(profession=Profession.DOCTOR)
    for kind, days in ((Kind.MED_BILAN, 2), (Kind.MED_REEVAL, 1)):
        log(stage.patient, doctor, kind, DAY - timedelta(days=days))
    return log(stage.patient, doctor, Kind.MED_REEVAL, DAY)


def refused_by_director(stage: Stage) -> Act:
    director = make_user(Role.MEDICAL_DIRECTOR)
    act = third_assessment(stage)
    return arbitrate(act=act, in_favour=False, reason="Sans motif nouveau", by=director, now=NOW)


def without_minutes(stage: Stage) -> Act:
    file = make_rcp_file(stage.patient, held_on=DAY, minutes=None, attendees=(stage.physio,))
    return log(stage.patient, stage.physio, Kind.RCP_PARA, DAY, rcp_file=file)


def cancelled(stage: Stage) -> Act:
    return cancel_act(act=stage.act(), by=account(stage.physio), now=NOW, reason="Séance manquée")


def replaced(stage: Stage) -> Act:
    act = stage.act()
    right = declare(stage.patient, stage.physio, Kind.KINE_REMOB, DAY + timedelta(days=1))
    replace_act(act=act, by=account(stage.physio), now=NOW, reason="Mauvais jour", **right)
    return act


def claimed(stage: Stage) -> Act:
    act = stage.act()
    claim(act, now=NOW)
    return act


def returned(stage: Stage) -> Act:
    act = claimed(stage)
    return_line(line=act.claim_lines.get(), reason="Jour férié", by=stage.by, now=NOW)
    return act


def held(stage: Stage) -> Act:
    first, act = stage.act(DAY - timedelta(days=1)), stage.act()
    claim(first, act, now=NOW)
    for each in (first, act):
        move_lines(each.claim_lines.all(), ClaimMove.HELD, by=stage.by, now=NOW)
    return act


def without_account(stage: Stage) -> Act:
    return validate(stage.act(), by=stage.by, now=NOW)


def account_to_confirm(stage: Stage) -> Act:
    details = make_account(stage.physio)
    BankDetails.objects.filter(pk=details.pk).update(
        state=BankState.PROPOSED, decided_at=None, decided_by=None
    )
    return validate(stage.act(), by=stage.by, now=NOW)


def validated(stage: Stage) -> Act:
    return validate(stage.banked(), by=stage.by, now=NOW)


def in_batch(stage: Stage) -> Act:
    act = validated(stage)
    prepare_batch(execute_on=next_bank_day(NOW.date()), by=stage.by, now=NOW)
    return act


def batch_dropped(stage: Stage) -> Act:
    act = validated(stage)
    batch = prepare_batch(execute_on=next_bank_day(NOW.date()), by=stage.by, now=NOW)
    drop_batch(batch=batch, reason="Erreur", by=stage.by, now=NOW)
    return act


def at_the_bank(stage: Stage) -> Act:
    act = validated(stage)
    sign(NOW)
    return act


def sent_back(move: Payment) -> Callable[[Stage], Act]:
    def made(stage: Stage) -> Act:
        act = validated(stage)
        (transfer,) = sign(NOW).transfers.all()
        if move is Payment.RETURNED:
            execute(transfer=transfer, by=stage.by, now=NOW)
        send_back(transfer=transfer, move=move, reason="Compte clos", by=stage.by, now=NOW)
        return act

    return made


def paid(stage: Stage) -> Act:
    act = stage.banked()
    pay(act, now=NOW)
    return act


def reversed_since(stage: Stage) -> Act:
    return reverse_act(act=paid(stage), by=stage.by, now=NOW, reason="Indu")


def reopened(stage: Stage) -> Act:
    return reopen_act(act=validated(stage), by=stage.by, now=NOW, reason="Mauvais dossier")


TABLE: dict[str, tuple[Callable[[Stage], Act], Stop, str]] = {
    "draft": (draft, Stop.DRAFT, "Ce brouillon, gardé le 2\u00a0mars 2026, n’est pas envoyé."),
    "cap": (
        full,
        Stop.REFUSED,
        (
            "Refusé le 2\u00a0mars 2026. 10\u00a0séances par patient en 2026, tous professionnels"
            " confondus. Ce compte est atteint\u202f; l’ordre de saisie décide."
        ),
    ),
    "proof": (
        without_minutes,
        Stop.REFUSED,
        (
            "Refusé le 2\u00a0mars 2026. Il manque le compte rendu signé de la RCP. Il faut au"
            " moins 2 professionnels présents pour ce dossier, hors salariés du réseau."
        ),
    ),
    "director": (
        refused_by_director,
        Stop.REFUSED_BY_PERSON,
        f"Refusé à l’arbitrage le {TODAY}\u00a0: «\u00a0Sans motif nouveau\u00a0».",
    ),
    "to_arbitrate": (
        third_assessment,
        Stop.TO_ARBITRATE,
        (
            "Noté le 2\u00a0mars 2026 au-delà du plafond que partagent bilans et"
            " réévaluations\u00a0: le médecin du réseau doit l’arbitrer."
        ),
    ),
    "cancelled": (
        cancelled,
        Stop.CANCELLED,
        f"Annulé le {TODAY}\u00a0: «\u00a0Séance manquée\u00a0».",
    ),
    "replaced": (
        replaced,
        Stop.REPLACED,
        f"Annulé le {TODAY} et remplacé par un autre acte\u00a0: «\u00a0Mauvais jour\u00a0».",
    ),
    "not_claimed": (
        Stage.act,
        Stop.NOT_CLAIMED,
        "Accepté le 2\u00a0mars 2026, mais son paiement n’est pas encore demandé.",
    ),
    "to_control": (
        claimed,
        Stop.TO_CONTROL,
        f"Demandé le {TODAY}\u00a0: la comptabilité ne l’a pas encore contrôlé.",
    ),
    "reopened": (
        reopened,
        Stop.REOPENED,
        f"Revenu au contrôle le {TODAY}\u00a0: «\u00a0Mauvais dossier\u00a0».",
    ),
    "returned": (
        returned,
        Stop.RETURNED,
        f"Renvoyé au professionnel le {TODAY}\u00a0: «\u00a0Jour férié\u00a0».",
    ),
    "held": (
        held,
        Stop.HELD,
        "L’enveloppe 2026 est épuisée\u00a0: cet acte attend, 2e de la file.",
    ),
    "no_account": (
        without_account,
        Stop.NO_ACCOUNT,
        f"Validé le {TODAY}, mais aucun compte bancaire n’est connu\u00a0: rien n’est viré.",
    ),
    "account_to_confirm": (
        account_to_confirm,
        Stop.ACCOUNT_TO_CONFIRM,
        (
            f"Validé le {TODAY}, mais le compte bancaire attend d’être confirmé par une seconde"
            " personne."
        ),
    ),
    "validated": (
        validated,
        Stop.TO_BATCH,
        f"Validé le {TODAY}\u00a0: il attend le prochain lot de paiement.",
    ),
    "batch_dropped": (
        batch_dropped,
        Stop.TO_BATCH,
        f"Validé le {TODAY}\u00a0: il attend le prochain lot de paiement.",
    ),
    "to_sign": (
        in_batch,
        Stop.TO_SIGN,
        f"Dans le lot AR-2026-0001, préparé le {TODAY}\u00a0: il attend sa signature.",
    ),
    "at_the_bank": (
        at_the_bank,
        Stop.SENT_TO_BANK,
        (
            f"Dans le virement AR-2026-0001-0001, signé le {TODAY} pour le 7\u00a0avril 2026\u00a0:"
            " la banque n’a pas encore répondu."
        ),
    ),
    "rejected": (
        sent_back(Payment.REJECTED),
        Stop.REJECTED,
        (
            "Virement AR-2026-0001-0001 rejeté par la banque le "
            f"{TODAY}\u00a0: «\u00a0Compte clos\u00a0»."
        ),
    ),
    "sent_back": (
        sent_back(Payment.RETURNED),
        Stop.SENT_BACK,
        f"Virement AR-2026-0001-0001 revenu le {TODAY}\u00a0: «\u00a0Compte clos\u00a0».",
    ),
    "paid": (paid, Stop.PAID, f"Payé le {TODAY} par le virement AR-2026-0001-0001."),
    "reversed": (
        reversed_since,
        Stop.REVERSED,
        f"Payé, puis extourné le {TODAY}\u00a0: «\u00a0Indu\u00a0».",
    ),
}


def situation_of(act: Act) -> Situation:
    (found,) = situations(list(with_grounds(Act.objects.filter(pk=act.pk))))
    return found


def test_table_knows_every_situation() -> None:
    assert {stop for _, stop, _ in TABLE.values()} == set(Stop)


@pytest.mark.parametrize("name", TABLE)
def test_situation_says(stage: Stage, name: str) -> None:
    make, stop, sentence = TABLE[name]
    found = situation_of(make(stage))
    assert (found.stop, found.sentence) == (stop, sentence)
    for accountant in (False, True):
        gesture = gesture_of(found, accountant=accountant)
        assert gesture.label or not gesture.href
    assert found.title


@pytest.mark.parametrize("stop", Stop)
def test_every_situation_has_a_gesture_or_is_done(stop: Stop) -> None:
    cause = why.Cause(stop, reasons=(Reason.CAP_REACHED,))
    told = why.gesture(cause, accountant=False)
    assert bool(told) == (stop not in (Stop.CANCELLED, Stop.REVERSED, Stop.REFUSED_BY_PERSON))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said_and_followed(reason: Reason) -> None:
    cause = why.Cause(Stop.REFUSED, reasons=(reason,))
    assert why.sentence(cause).endswith(".")
    assert why.gesture(cause, accountant=True)


def test_person_is_named(stage: Stage) -> None:
    assert situation_of(returned(stage)).decider == "Odile Ombrevoie"
    assert situation_of(full(stage)).decider == "Le barème"


def test_queries_are_constant(stage: Stage) -> None:
    counts = []
    made = [returned(stage)]
    for more in range(2):
        with CaptureQueriesContext(connection) as caught:
            situations(list(with_grounds(Act.objects.filter(pk__in=[act.pk for act in made]))))
        counts.append(len(caught))
        made += [stage.act(DAY + timedelta(days=each + 10 * more + 1)) for each in range(3)]
        claim(*made[1:], now=NOW)
    assert counts[0] == counts[1]


# --- The page


SignedIn = Callable[[User], Client]
ADDRESS = "fees:why"


def test_professional_reads_own_acts_only(signed_in: SignedIn, stage: Stage) -> None:
    stage.act()
    other = make_professional(profession=Profession.PHYSIO)
    log(make_patient(birth_name="Zorvelin"), other, Kind.KINE_REMOB, DAY)
    page = signed_in(account(stage.physio)).get(reverse(ADDRESS)).content.decode()
    assert "Accepté le 2\u00a0mars 2026" in page
    assert "Zorvelin" not in page
    assert stage.patient.civil_name in page


def test_own_name_is_not_told_to_its_bearer(signed_in: SignedIn, stage: Stage) -> None:
    draft(stage)
    act = cancelled(stage)
    by = account(act.professional)
    name = f"Par\u00a0: {by}"
    mine = signed_in(by).get(reverse(ADDRESS))
    undone = signed_in(by).get(reverse(ADDRESS), {"etat": "defaits"})
    asked = {"code": stage.patient.code, "etat": "defaits"}
    theirs = signed_in(stage.by).get(reverse(ADDRESS), asked)
    told = [name in page.content.decode() for page in (mine, undone, theirs)]
    assert told == [False, False, True]


def test_accountant_finds_by_name_rpps_and_file_number(signed_in: SignedIn, stage: Stage) -> None:
    stage.physio.last_name, stage.physio.rpps = "Zéphirelle", "99700000013"
    stage.physio.save()
    claimed(stage)
    client = signed_in(stage.by)
    assert "Demandé le" not in client.get(reverse(ADDRESS)).content.decode()
    for asked in (
        {"who": "zephirelle"},
        {"who": "99700000013"},
        {"code": stage.patient.code},
        {"who": "Zéphirelle", "month": "2026-03"},
    ):
        page = client.get(reverse(ADDRESS), asked).content.decode()
        assert "la comptabilité ne l’a pas encore contrôlé" in page
        assert stage.patient.code in page
        assert stage.patient.civil_name not in page
        assert stage.patient.birth_name not in page
    none = client.get(reverse(ADDRESS), {"who": "Zéphirelle", "month": "2026-04"})
    assert "Aucun acte ici" in none.content.decode()
    assert "Personne à ce nom" in client.get(reverse(ADDRESS), {"who": "xyz"}).content.decode()


def test_accountant_chooses_among_namesakes(signed_in: SignedIn, stage: Stage) -> None:
    for first in ("Alix", "Noa"):
        make_professional(profession=Profession.PHYSIO, first_name=first, last_name="Dormelle")
    page = signed_in(stage.by).get(reverse(ADDRESS), {"who": "dormelle"}).content.decode()
    assert "Lequel" in page
    assert "Alix Dormelle" in page


def test_paid_act_says_when_and_by_which_transfer(signed_in: SignedIn, stage: Stage) -> None:
    make_account(stage.physio)
    act = log(stage.patient, stage.physio, Kind.KINE_REMOB, DAY)
    batch = pay(act, now=clock.now())
    page = signed_in(account(stage.physio)).get(reverse(ADDRESS), {"etat": "payes"})
    assert f"par le virement {batch.code}-0001." in page.content.decode()
