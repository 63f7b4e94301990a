"""Presence kept from files and from arrivals, and attested once the meeting is over."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from network.enums import Role
from network.models import User
from tests.factories.meetings import make_meeting
from tests.factories.network import make_professional, make_user, sign_in
from tests.public_site import NOW
from tests.training.test_meetings import subjects
from training.actions.attendance import attest_all, check_in
from training.actions.attestations import revoke_attestation
from training.actions.registrations import Refused, register
from training.enums import Mode
from training.exports.attestation import attestation_pdf
from training.models import AttendanceFile, Attestation, Meeting, Registration, Stay

pytestmark = pytest.mark.usefixtures("db", "at_reference")
STARTS = NOW + timedelta(days=2)
ENDS = STARTS + timedelta(hours=1)


def clinician(first: str, last: str) -> User:
    user = make_user(Role.CLINICIAN, first_name=first, last_name=last)
    make_professional(user=user)
    return user


def make_file(rows: list[tuple[str, str, int, int]]) -> SimpleUploadedFile:
    """Name, address, first and last minute of each stay."""

    def at(minute: int) -> str:
        return (STARTS + timedelta(minutes=minute)).isoformat()

    lines = ["Name,Email,Join Time,Leave Time"]
    lines += [f"{name},{email},{at(first)},{at(last)}" for name, email, first, last in rows]
    return SimpleUploadedFile("presence.csv", "\n".join(lines).encode())


def test_file_is_tried_then_kept_once_and_attested_after_the_end(
    client: Client,
) -> None:
    meeting = make_meeting(starts_at=STARTS)
    elise, hugo = clinician("Élise", "Noyer"), clinician("Hugo", "Lemaire")
    for each in (elise, hugo):
        register(meeting=meeting, mode=Mode.VIDEO, by=each, now=NOW)
    rows = [
        ("NOYER Elise", "", 0, 30),  # known by her name
        ("Élise Noyer", elise.email, 20, 50),  # a second device
        ("Hugo", hugo.email, 0, 47),  # under 80 %
        ("Inconnue", "x@example.org", 0, 60),
    ]
    sign_in(client, make_user(Role.EDITOR))
    address = f"/formation-rencontres/{meeting.pk}/presence/"
    assert client.post(address, {"file": make_file(rows)}).status_code == 302
    tried = client.get(address)
    html = tried.content.decode()
    assert [(who.person.last_name, p.minutes, p.attested) for who, p in tried.context["tried"]] == [
        ("Noyer", 50, True),
        ("Lemaire", 47, False),
    ]
    assert "Inconnue" in html
    assert Stay.objects.count() == 0

    held = AttendanceFile.objects.get()
    assert (held.kept, held.content.startswith(b"Name,Email")) == (False, True)
    for _twice in range(2):
        assert client.post(address, {"save": held.digest}).status_code == 302
    known = client.post(address, {"file": make_file(rows)}, follow=True)
    assert "déjà enregistré, depuis le 16" in known.content.decode()
    assert (Stay.objects.count(), AttendanceFile.objects.count()) == (3, 1)
    assert Attestation.objects.count() == 0  # not over yet

    assert [attest_all(now=ENDS + timedelta(minutes=m)) for m in (-1, 0, 1)] == [0, 1, 0]
    attestation = Attestation.objects.get()
    assert (attestation.learner, attestation.minutes, attestation.facts["live_minutes"]) == (
        elise,
        50,
        50,
    )
    html = client.get(f"/formation-rencontres/{meeting.pk}/").content.decode()
    assert "attestée" in html
    assert attestation_pdf(attestation).startswith(b"%PDF")
    assert subjects(elise)[-1] == "Votre attestation"
    director = make_user(Role.MEDICAL_DIRECTOR)
    revoke_attestation(attestation=attestation, reason="Erreur", by=director, now=ENDS)
    assert attest_all(now=ENDS) == 0  # a revoked one does not come back

    bad = SimpleUploadedFile("x.csv", b"Name,Join Time,Leave Time\nA,hier,demain\n")
    refused = client.post(address, {"file": bad})
    assert refused.status_code == 422
    assert "Ligne 2" in refused.content.decode()
    assert Stay.objects.count() == 3

    for minutes in (30, 40):  # the second one takes the place of the first
        other = make_file([("Élise Noyer", elise.email, 0, minutes)])
        client.post(address, {"file": other})
    assert AttendanceFile.objects.filter(kept=False).count() == 1
    replaced = client.post(address, {"save": "0" * 64}, follow=True)
    assert "a été remplacé" in replaced.content.decode()
    client.post(address, {"drop": "1"})
    assert (AttendanceFile.objects.count(), Stay.objects.count()) == (1, 3)


@pytest.mark.parametrize(("arrives", "minutes"), [(-30, 60), (0, 60), (12, 48), (13, 0)], ids=str)
def test_arrival_on_site_counts_until_the_end(arrives: int, minutes: int) -> None:
    meeting = make_meeting(starts_at=STARTS, seats_on_site=1)
    hugo, editor = clinician("Hugo", "Lemaire"), make_user(Role.EDITOR)
    made = register(meeting=meeting, mode=Mode.ON_SITE, by=hugo, now=NOW)
    at: datetime = STARTS + timedelta(minutes=arrives)
    first, again = (check_in(registration=made, by=editor, now=at) for _ in range(2))
    assert first.pk == again.pk
    attest_all(now=ENDS)
    found = Attestation.objects.filter(learner=hugo).first()
    assert (found.minutes if found else 0) == minutes


def test_arrival_before_the_day_after_the_end_or_of_nobody_seated_is_refused() -> None:
    meeting = make_meeting(starts_at=STARTS, seats_remote=1)
    hugo, elise, editor = (
        clinician("Hugo", "Lemaire"),
        clinician("Élise", "Noyer"),
        make_user(Role.EDITOR),
    )
    seated = register(meeting=meeting, mode=Mode.VIDEO, by=hugo, now=NOW)
    waiting = register(meeting=meeting, mode=Mode.VIDEO, by=elise, now=NOW)
    for who, at in ((seated, ENDS), (waiting, STARTS), (seated, STARTS - timedelta(days=1))):
        with pytest.raises(Refused):
            check_in(registration=who, by=editor, now=at)
    assert Meeting.objects.count() == 1
    assert Registration.objects.filter(stays__isnull=False).count() == 0
