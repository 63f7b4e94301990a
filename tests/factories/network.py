"""People for tests: accounts by role, professionals with a valid RPPS, patients, sign-in."""

import time
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from stdnum import luhn

from network.actions.pathway import steps_behind
from network.actions.roles import grant_role
from network.enums import LinkRole, PathwayState, Profession, Role, Sex
from network.models import CareLink, PathwayStep, Patient, Professional, User
from network.roles import PROTECTED

PASSWORD = "fil-rouge-du-labyrinthe"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_number = count(1)


def make_rpps(number: int | None = None) -> str:
    """A well-formed RPPS of the fictitious series 99700: 11 digits, Luhn key included."""
    body = f"99700{number if number is not None else next(_number):05d}"
    return body + luhn.calc_check_digit(body)


def make_user(
    role: Role | None = None, *, roles: tuple[Role, ...] = (), factor: bool = False, **fields: Any
) -> User:
    """An account with a verified address; protected roles get the password `PASSWORD`.

    With `factor`, a TOTP authenticator whose secret is `TOTP_SECRET` is set up too.
    """
    held = (role, *roles) if role else roles
    name = role.value if role else "someone"
    defaults = {
        "email": f"{name}{next(_number)}@example.org",
        "first_name": "Camille",
        "last_name": f"Fil{next(_number)}",
        "password": PASSWORD if PROTECTED & set(held) else None,
    }
    user = User.objects.create_user(**(defaults | fields))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for each in held:
        grant_role(user=user, role=each, by=None, now=LONG_AGO)
    if factor:
        TOTP.activate(user, TOTP_SECRET)
    return user


def make_professional(*, user: User | None = None, **fields: Any) -> Professional:
    """A physiotherapist with an RPPS, a clinician's account and an agreement since 2020."""
    owner = user or make_user(Role.CLINICIAN)
    defaults = {
        "user": owner,
        "first_name": owner.first_name,
        "last_name": owner.last_name,
        "profession": Profession.PHYSIO,
        "rpps": make_rpps(),
        "rpps_verified_on": date(2020, 1, 1),
        "agreement_from": date(2020, 1, 1),
    }
    return Professional.objects.create(**(defaults | fields))


def make_patient(*, followed_by: Professional | None = None, **fields: Any) -> Patient:
    """A patient in follow-up since 5 January 2026; `followed_by` adds a link of care since then."""
    number = next(_number)
    defaults = {
        "code": f"P{number:06d}",
        "birth_name": f"Dédale{number}",
        "first_names": "Lou",
        "sex": Sex.FEMALE,
        "birth_date": date(1980, 2, 29),
        "state": PathwayState.FOLLOWED,
        "requested_on": date(2026, 1, 2),
        "completed_on": date(2026, 1, 3),
        "included_on": date(2026, 1, 5),
    }
    patient = Patient.objects.create(**(defaults | fields))
    PathwayStep.objects.bulk_create(steps_behind(patient))
    if followed_by:
        make_link(patient=patient, professional=followed_by)
    return patient


def make_link(*, patient: Patient, professional: Professional, **fields: Any) -> CareLink:
    """A link of care, in the team, since the patient's inclusion."""
    defaults = {"role": LinkRole.TEAM, "starts_on": patient.included_on or patient.requested_on}
    return CareLink.objects.create(
        patient=patient, professional=professional, **(defaults | fields)
    )


def sign_in(client: Client, user: User) -> Client:
    """Open a session as if password and second factor (or mailed code) had just been given."""
    client.force_login(user, backend="network.backends.AccountBackend")
    record: dict[str, Any] = {"method": "code", "at": time.time()}
    if PROTECTED & user.roles:
        factor = Authenticator.objects.filter(user=user, type="totp").first()
        factor = factor or TOTP.activate(user, TOTP_SECRET).instance
        record = {"method": "mfa", "type": "totp", "id": factor.pk, "at": time.time()}
    session = client.session
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
