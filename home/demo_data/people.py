"""Accounts, roles, professionals and their bank details, as the network would have opened them."""

from datetime import date, datetime, timedelta
from functools import cache, partial

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from home.demo_data.calendar import at
from home.demo_data.identifiers import iban, mailbox, rpps
from home.demo_data.sheets import ProfessionalLine, StaffLine
from home.demo_data.story import Story
from network.actions.accounts import verify_rpps
from network.actions.bank import confirm_bank_details, propose_bank_details
from network.actions.invitations import accept_invitation, invite
from network.actions.professionals import Sheet, register_professional, set_agreement
from network.actions.roles import grant_role
from network.demo import enrol_demo_factor
from network.enums import Profession, Role
from network.models import Patient, Professional, User

PASSWORD = "fil-d-ariane-demo"  # noqa: S105
ADMINISTRATOR = "clevarac"
COORDINATOR, CHILDREN_COORDINATOR = "quillandre", "tisserelle"
CONTROLLER, SIGNER = "ombrevoie", "chiffolune"
MOVING_BANK = ("gravoleau", "J-6", 900)
"""Who changed bank, when, and the new account: the change waits for a second person."""


def administrator_email() -> str:
    line = next(line for line in StaffLine.all() if line.person == ADMINISTRATOR)
    return mailbox(line.first_name, line.last_name)


def plan_staff(story: Story) -> None:
    for line in StaffLine.all():
        joined = at(story.calendar.day(line.joined), 9)
        if line.person == ADMINISTRATOR:
            story.then(joined, partial(_first_account, story, line))
        else:
            story.then(joined, partial(_member, story, line))


def _first_account(story: Story, line: StaffLine, now: datetime) -> None:
    """Nobody can invite the first administrator."""
    user = User.objects.create_user(
        mailbox(line.first_name, line.last_name),
        first_name=line.first_name,
        last_name=line.last_name,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    grant_role(user=user, role=Role(line.role), by=None, now=now)
    story.users[line.person] = give_keys(user)


def _member(story: Story, line: StaffLine, now: datetime) -> None:
    invitation = invite(
        email=mailbox(line.first_name, line.last_name),
        role=Role(line.role),
        by=story.users[ADMINISTRATOR],
        now=now,
    )
    user = accept_invitation(
        invitation=invitation,
        first_name=line.first_name,
        last_name=line.last_name,
        now=now + timedelta(minutes=30),
    )
    story.users[line.person] = give_keys(user)


def give_keys(user: User) -> User:
    """The password and the second factor that the sign-in page of the demo shows.

    Hashing one password for each account would take most of the loading time.
    """
    user.password = _hashed()
    user.save(update_fields=["password"])
    enrol_demo_factor(user)
    return user


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def plan_professionals(story: Story) -> None:
    for line in ProfessionalLine.all():
        joined = story.calendar.day(line.joined)
        story.then(at(joined, 10), partial(_professional, story, line))
        story.then(at(joined, 14), partial(_bank, story, line))
        if line.agreement_to:
            ends = story.calendar.day(line.agreement_to)
            story.then(at(ends, 9), partial(_end, story, line, ends))
    name, when, account = MOVING_BANK
    story.then(at(story.calendar.day(when), 19), partial(_move_bank, story, name, account))


def _professional(story: Story, line: ProfessionalLine, now: datetime) -> None:
    by = story.users[COORDINATOR]
    professional = register_professional(
        sheet=Sheet(
            title=line.title,
            first_name=line.first_name,
            last_name=line.last_name,
            profession=Profession(line.profession),
            speciality=line.speciality,
            rpps=rpps(int(line.number)),
            practice=line.practice,
            postcode=line.postcode,
            city=line.city,
            phone=line.phone,
        ),
        by=by,
        now=now,
    )
    if line.rpps_found == "yes":
        verify_rpps(professional=professional, by=by, on=now.date(), now=now)
    starts = story.calendar.day(line.agreement_from)
    set_agreement(professional=professional, starts_on=starts, ends_on=None, by=by, now=now)
    invitation = invite(
        email=mailbox(line.first_name, line.last_name),
        role=Role.CLINICIAN,
        by=by,
        now=now,
        professional=professional,
    )
    user = accept_invitation(invitation=invitation, now=now + timedelta(hours=1))
    story.users[line.professional] = give_keys(user)
    story.professionals[line.professional] = Professional.objects.get(pk=professional.pk)


def _bank(story: Story, line: ProfessionalLine, now: datetime) -> None:
    details = propose_bank_details(
        professional=story.professionals[line.professional],
        iban=iban(int(line.account)),
        holder=f"{line.first_name} {line.last_name}",
        by=story.users[line.professional],
        now=now,
    )
    confirm_bank_details(
        details=details,
        note="Rappel au numéro du cabinet : compte confirmé de vive voix.",
        by=story.users[CONTROLLER],
        now=now + timedelta(hours=2),
    )


def _move_bank(story: Story, name: str, account: int, now: datetime) -> None:
    professional = story.professionals[name]
    propose_bank_details(
        professional=professional,
        iban=iban(account),
        holder=f"{professional.first_name} {professional.last_name}",
        by=story.users[name],
        now=now,
    )


def _end(story: Story, line: ProfessionalLine, ends: date, now: datetime) -> None:
    professional = story.professionals[line.professional]
    story.professionals[line.professional] = set_agreement(
        professional=professional,
        starts_on=professional.agreement_from,
        ends_on=ends,
        by=story.users[COORDINATOR],
        now=now,
    )


def open_to_patient(story: Story, patient: Patient, now: datetime) -> User:
    """A patient's own account: a code sent by mail, no password."""
    invitation = invite(
        email=patient.email,
        role=Role.PATIENT,
        by=story.users[COORDINATOR],
        now=now,
        patient=patient,
    )
    return accept_invitation(invitation=invitation, now=now + timedelta(hours=3))
