"""Cases that come back: planned once, mailed once, opened by their learner alone."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.signing import Signer
from django.test import Client

from network.enums import Role
from network.models import OutboxMessage, User
from portal.kit import clock
from tests.factories.learning import finish, go_through, make_attestation
from tests.factories.network import make_user, sign_in
from tests.factories.training import make_module, make_vignette
from training.actions import returns as actions
from training.actions.returns import (
    NotOpen,
    open_return,
    pause_returns,
    plan_missing,
    plan_returns,
    resume_returns,
    send_due,
)
from training.enums import Part, Purpose
from training.models import Return, ReturnPause, Run, Tally
from training.selectors.verify_paths import recount_paths
from training.tokens import pause_token, return_token

pytestmark = pytest.mark.usefixtures("site", "at_reference")
DAY = timedelta(days=1)


@pytest.fixture
def learner() -> User:
    return make_user(Role.CLINICIAN)


@pytest.fixture
def case(site: Any) -> UUID:
    key: UUID = make_vignette(title="Mme Secret, 53 ans").translation_key
    return key


def come_back(learner: User, case: UUID, at: datetime) -> list[Return]:
    """The returns of a case finished then, by the nearest."""
    plan_returns(run=go_through(learner, case, Part.CASE, now=at))
    return list(Return.objects.filter(learner=learner, key=case))


def mails() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(key__startswith="return:").order_by("pk"))


def link_of(mail: OutboxMessage) -> str:
    found = re.search(r"(/retours/\S+?/)\n", mail.body)
    assert found
    return found[1]


# Planned


def test_first_finish_plans_three_days_once(
    learner: User, case: UUID, at_reference: datetime
) -> None:
    come_back(learner, case, at_reference)
    come_back(learner, case, at_reference + DAY)  # gone through again: nothing moves
    planned = Return.objects.filter(learner=learner).values_list("day", "due_on")
    assert list(planned) == [
        (7, date(2026, 11, 23)),
        (30, date(2026, 12, 16)),
        (90, date(2027, 2, 14)),
    ]


def test_tests_panels_and_returns_do_not_come_back(
    learner: User, case: UUID, at_reference: datetime
) -> None:
    module = make_module()
    runs = [
        go_through(learner, module.translation_key, Part.PRETEST, now=at_reference),
        go_through(learner, case, Part.CASE, now=at_reference, purpose=Purpose.PANEL),
        go_through(
            learner, case, Part.CASE, now=at_reference, purpose=Purpose.RETURN, return_day=7
        ),
    ]
    for run in runs:
        plan_returns(run=run)
    assert not Return.objects.exists()


def test_finish_is_heard_and_a_lost_event_is_found_again(
    learner: User, case: UUID, at_reference: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        go_through(learner, case, Part.CASE, now=at_reference)
    assert Return.objects.count() == 3
    Return.objects.all().delete()
    assert plan_missing(now=at_reference) == 1
    assert plan_missing(now=at_reference) == 0
    assert Return.objects.count() == 3


# Mailed


def test_mail_leaves_once_on_its_day(learner: User, case: UUID, at_reference: datetime) -> None:
    come_back(learner, case, at_reference)
    sent = [send_due(now=at_reference + days * DAY) for days in (6, 7, 7, 8, 29)]
    assert sent == [0, 1, 0, 0, 0]
    assert [mail.to for mail in mails()] == [learner.email]


def test_mail_says_nothing_of_the_case_nor_of_the_person(
    learner: User, case: UUID, at_reference: datetime
) -> None:
    come_back(learner, case, at_reference)
    send_due(now=at_reference + 7 * DAY)
    [mail] = mails()
    for told in ("Secret", "53 ans", "douleur", learner.last_name, str(case)):
        assert told not in mail.subject + mail.body
    assert mail.body.count("/retours/") == 2
    assert mail.body.count("/pause/") == 1


def test_one_mail_a_day_whatever_is_due(learner: User, site: Any, at_reference: datetime) -> None:
    for _case in range(3):
        come_back(learner, make_vignette().translation_key, at_reference)
    sent = [send_due(now=at_reference + days * DAY) for days in (7, 7, 8, 9, 10)]
    assert sent == [1, 0, 1, 1, 0]


def test_mail_is_late_when_the_worker_was_down_and_never_after_the_next(
    learner: User, case: UUID, at_reference: datetime
) -> None:
    come_back(learner, case, at_reference)
    assert send_due(now=at_reference + 29 * DAY) == 1
    assert send_due(now=at_reference + 95 * DAY) == 1
    assert sorted(Return.objects.exclude(sent_at=None).values_list("day", flat=True)) == [7, 90]


def test_nothing_leaves_after_everything_has_expired(
    learner: User, case: UUID, at_reference: datetime
) -> None:
    come_back(learner, case, at_reference)
    assert send_due(now=at_reference + 121 * DAY) == 0


def test_killed_before_its_end_a_mail_is_neither_lost_nor_doubled(
    learner: User, case: UUID, at_reference: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_back(learner, case, at_reference)

    def killed(**_mail: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(actions, "queue_mail", killed)
        send_due(now=at_reference + 7 * DAY)
    assert not Return.objects.exclude(sent_at=None).exists()
    assert [send_due(now=at_reference + 7 * DAY) for _again in range(2)] == [1, 0]


@pytest.mark.parametrize("why", ["paused", "closed", "role withdrawn"])
def test_nothing_leaves_for_who_should_have_none(
    learner: User, case: UUID, at_reference: datetime, why: str
) -> None:
    come_back(learner, case, at_reference)
    if why == "paused":
        pause_returns(by=learner, now=at_reference)
    elif why == "closed":
        User.objects.filter(pk=learner.pk).update(is_active=False)
    else:
        learner.grants.update(ended_at=at_reference)
    assert send_due(now=at_reference + 7 * DAY) == 0
    assert mails() == []


def test_mails_wanted_again_leave_again(learner: User, case: UUID, at_reference: datetime) -> None:
    come_back(learner, case, at_reference)
    pause_returns(by=learner, now=at_reference)
    pause_returns(by=learner, now=at_reference)
    resume_returns(by=learner, now=at_reference)
    assert send_due(now=at_reference + 7 * DAY) == 1


# Opened


@pytest.fixture
def mailed(
    learner: User, case: UUID, at_reference: datetime, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The link of a mail that arrives today, seven days after."""
    come_back(learner, case, at_reference)
    today = at_reference + 7 * DAY
    monkeypatch.setattr(clock, "now", lambda: today)
    send_due(now=today)
    return link_of(mails()[0])


def test_opening_the_link_does_nothing(client: Client, mailed: str, learner: User) -> None:
    for reader in (client, sign_in(Client(), learner)):
        html = reader.get(mailed).content.decode()
        assert "Un cas vous attend" in html
        assert "Secret" not in html
        assert learner.email not in html or reader is not client
        assert reader.head(mailed).status_code == 200
    assert not Run.objects.filter(purpose=Purpose.RETURN).exists()


def test_button_asks_a_stranger_to_sign_in(client: Client, mailed: str) -> None:
    answer = client.post(mailed)
    assert answer.status_code == 302
    assert answer["Location"] == f"/compte/login/?next={mailed}"
    assert not Run.objects.filter(purpose=Purpose.RETURN).exists()


def test_button_starts_the_case_of_its_learner_once(
    client: Client, mailed: str, learner: User, case: UUID
) -> None:
    sign_in(client, learner)
    first, second = client.post(mailed), client.post(mailed)
    run = Run.objects.get(purpose=Purpose.RETURN)
    assert (run.learner, run.key, run.return_day) == (learner, case, 7)
    assert first["Location"] == second["Location"] == f"/se-former/parcours/{run.pk}/"
    assert client.get(first["Location"]).status_code == 200


def test_button_refuses_somebody_else(client: Client, mailed: str) -> None:
    for other in (make_user(Role.CLINICIAN), make_user(Role.ACCOUNTANT)):
        sign_in(client, other)
        for method in (client.get, client.post):
            answer = method(mailed)
            assert answer.status_code == 403
            assert "celui d’une autre personne" in answer.content.decode()
    assert not Run.objects.filter(purpose=Purpose.RETURN).exists()


@pytest.mark.parametrize(("days", "status"), [(30, 200), (31, 410)])
def test_link_expires_after_thirty_days(
    client: Client,
    mailed: str,
    learner: User,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    status: int,
) -> None:
    later = clock.now() + days * DAY
    monkeypatch.setattr(clock, "now", lambda: later)
    sign_in(client, learner)
    assert client.get(mailed).status_code == status
    assert client.post(mailed).status_code == (302 if status == 200 else status)


@pytest.mark.parametrize("token", ["x", "1", "1~x", Signer(sep="~").sign("1"), pause_token(1)])
def test_link_that_is_not_ours_is_unknown(client: Client, token: str) -> None:
    assert client.get(f"/retours/{token}/").status_code == 404


def test_return_answers_give_feedback_and_count_among_no_peers(
    client: Client, mailed: str, learner: User
) -> None:
    before = sorted(Tally.objects.values_list("item", "letter", "people"))
    sign_in(client, learner)
    client.post(mailed)
    run = Run.objects.get(purpose=Purpose.RETURN)
    assert run.gives_feedback
    finish(run, now=clock.now(), right=0)
    assert sorted(Tally.objects.values_list("item", "letter", "people")) == before
    assert not run.answers.filter(counted=True).exists()


def test_case_opens_from_the_portal_on_its_day_and_not_before(
    client: Client, learner: User, case: UUID, at_reference: datetime
) -> None:
    planned = come_back(learner, case, at_reference - 7 * DAY)
    sign_in(client, learner)
    assert "De retour" in client.get("/se-former/").content.decode()
    assert client.post(f"/se-former/retours/{planned[1].pk}/").status_code == 410
    answer = client.post(f"/se-former/retours/{planned[0].pk}/")
    assert answer["Location"] == f"/se-former/parcours/{Run.objects.latest('pk').pk}/"
    assert send_due(now=at_reference) == 0  # opened already
    stranger = sign_in(Client(), make_user(Role.CLINICIAN))
    assert stranger.post(f"/se-former/retours/{planned[0].pk}/").status_code == 404
    with pytest.raises(NotOpen):
        open_return(coming=planned[2], by=learner, now=at_reference)


# Paused


def test_pause_link_asks_before_it_pauses(client: Client, learner: User) -> None:
    page = f"/retours/{pause_token(learner.pk)}/pause/"
    assert "Ne plus recevoir" in client.get(page).content.decode()
    assert not ReturnPause.objects.exists()
    assert "C’est noté" in client.post(page).content.decode()
    assert ReturnPause.objects.get().learner == learner
    assert client.get(f"/retours/{return_token(1)}/pause/").status_code == 404


def test_switch_pauses_and_resumes(client: Client, learner: User) -> None:
    sign_in(client, learner)
    for wanted, paused in (("0", True), ("0", True), ("1", False)):
        assert client.post("/se-former/retours/", {"wanted": wanted}).status_code == 302
        assert ReturnPause.objects.filter(learner=learner).exists() is paused
        html = client.get("/se-former/").content.decode()
        assert ("Recevoir un cas à 7" in html) is paused


# Recounted


def test_recount_finds_an_attestation_and_a_return_that_rest_on_nothing(
    learner: User, case: UUID, at_reference: datetime
) -> None:
    planned = come_back(learner, case, at_reference)
    assert list(recount_paths(Counter())) == []
    attestation = make_attestation(learner)
    stray = go_through(
        learner, case, Part.CASE, now=at_reference, purpose=Purpose.RETURN, return_day=30
    )
    Return.objects.filter(pk=planned[0].pk).update(run=stray, sent_at=at_reference)
    Return.objects.filter(pk=planned[1].pk).update(sent_at=at_reference)
    tally: Counter[str] = Counter()
    assert [breach.subject for breach in recount_paths(tally)] == [
        f"attestation {attestation.pk}",
        f"retour {planned[0].pk}",
        f"retours du compte {learner.pk}, 2026-11-16",
    ]
    assert tally == {"attestations": 1, "retours": 3}
