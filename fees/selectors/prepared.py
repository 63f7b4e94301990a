"""The queries that an act is decided from, composed once: `facts` runs them at each act."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateField, QuerySet

from fees.models import Act, GrantedSlot, PolicyVersion, TariffLine
from network.enums import LinkRole
from network.models import AldPeriod, CareLink, RcpFile
from portal.kit.prepared import Prepared, given

PATIENT = given("patient", BigIntegerField())
PROFESSIONAL = given("professional", BigIntegerField())
RCP_FILE = given("rcp_file", BigIntegerField())
DAY = given("day", DateField())


@Prepared
def policies() -> QuerySet[PolicyVersion]:
    return PolicyVersion.objects.in_force(DAY).order_by("-valid_from")[:1]


@Prepared
def tariff_lines() -> QuerySet[TariffLine]:
    lines = TariffLine.objects.in_force(DAY).filter(kind=given("kind", CharField()))
    return lines.order_by("-valid_from")[:1]


@Prepared
def ald_periods() -> QuerySet[AldPeriod, tuple[str, date, date | None]]:
    periods = AldPeriod.objects.filter(patient=PATIENT).order_by()
    return periods.values_list("kind", "starts_on", "ends_on")


@Prepared
def treating_links() -> QuerySet[CareLink, tuple[int]]:
    links = CareLink.objects.on(DAY).filter(patient=PATIENT, professional=PROFESSIONAL)
    return links.filter(role=LinkRole.TREATING_DOCTOR).values_list("pk")[:1]


@Prepared
def attendance() -> QuerySet[RcpFile, tuple[Any, ...]]:
    """One row an attendee, and one without anybody when none is listed."""
    return RcpFile.objects.filter(pk=RCP_FILE, patient=PATIENT, meeting__held_on=DAY).values_list(
        "minutes_signed_on",
        "plan_revised_on",
        "attendance__professional",
        "attendance__professional__profession",
        "attendance__professional__employee",
    )


class Held(NamedTuple):
    """What a live act holds."""

    pk: int
    kind: str
    ordinal: int | None
    professional_id: int
    done_on: date
    cap: str
    window_from: date | None


@Prepared
def live_acts() -> QuerySet[Act, tuple[Any, ...]]:
    """The columns of `Held`."""
    return Act.objects.live().filter(patient=PATIENT).order_by().values_list(*Held._fields)


@Prepared
def live_presences() -> QuerySet[Act, tuple[int]]:
    live = Act.objects.live().filter(rcp_file=RCP_FILE, professional=PROFESSIONAL)
    return live.order_by().values_list("pk")


@Prepared
def granted_slots() -> QuerySet[GrantedSlot, tuple[int]]:
    of_window = GrantedSlot.objects.filter(
        patient=PATIENT,
        cap=given("cap", CharField()),
        window_from=given("window_from", DateField()),
    )
    return of_window.values_list("pk")
