"""Consultations of the network: sites, slots of doctors, and the appointments taken on them."""

from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.enums import SiteKind, VisitState

SITE_KINDS = {
    SiteKind.OWN: _("site du réseau"),
    SiteKind.PERMANENCE: _("permanence avancée"),
}
VISIT_STATES = {
    VisitState.BOOKED: _("prévu"),
    VisitState.HELD: _("fait"),
    VisitState.MISSED: _("manqué"),
    VisitState.CANCELLED: _("annulé"),
}
TAKEN = (VisitState.BOOKED, VisitState.HELD, VisitState.MISSED)
"""States of an appointment whose slot nobody else can have."""


class ConsultationSite(models.Model):
    """A place where the network's doctors consult; its postcode tells who lives near."""

    name = models.CharField(_("nom"), max_length=80, unique=True)
    kind = models.CharField(
        _("type"), max_length=12, choices=[(k.value, label) for k, label in SITE_KINDS.items()]
    )
    structure = models.ForeignKey(
        "network.Structure",
        on_delete=models.PROTECT,
        related_name="consultation_sites",
        null=True,
        blank=True,
        verbose_name=_("structure douleur"),
    )
    address = models.CharField(_("adresse"), max_length=120)
    postcode = models.CharField(_("code postal"), max_length=5)
    city = models.CharField(_("commune"), max_length=80)
    access = models.CharField(_("accès"), max_length=200, blank=True)
    active = models.BooleanField(_("ouvert à de nouveaux créneaux"), default=True)

    class Meta:
        verbose_name = _("site de consultation")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def full_address(self) -> str:
        return f"{self.address}, {self.postcode} {self.city}"


class SlotQuerySet(models.QuerySet["ConsultationSlot"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def free(self, now: datetime) -> Self:
        """Standing, to come, and taken by nobody; the soonest first."""
        taken = Visit.objects.filter(state__in=TAKEN).values("slot")
        coming = self.standing().filter(starts_at__gt=now, site__active=True)
        return coming.exclude(pk__in=taken).order_by("starts_at", "pk")


class ConsultationSlot(models.Model):
    """One hour of a doctor at a site. Its row is the lock under which it is taken."""

    site = models.ForeignKey(
        ConsultationSite, on_delete=models.PROTECT, related_name="slots", verbose_name=_("site")
    )
    doctor = models.ForeignKey(
        "network.Professional",
        on_delete=models.PROTECT,
        related_name="consultation_slots",
        verbose_name=_("médecin"),
    )
    starts_at = models.DateTimeField(_("début"))
    minutes = models.PositiveSmallIntegerField(_("durée, en minutes"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[SlotQuerySet] = SlotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("créneau")
        ordering = ("starts_at", "pk")
        indexes = [
            models.Index(fields=["site", "starts_at"], name="consultation_slot_of_site"),
            models.Index(fields=["starts_at"], name="consultation_slot_by_start"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["doctor", "starts_at"],
                condition=Q(withdrawn_at=None),
                name="doctor_consults_once_at_a_time",
                violation_error_message=_("Ce médecin a déjà un créneau à cette heure."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=15, minutes__lte=180),
                name="consultation_slot_length",
                violation_error_message=_("Un créneau dure de 15 à 180\u00a0minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} · {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Visit(models.Model):
    """A patient's appointment of evaluation (CEO) on a slot; moved, it changes its slot.

    `sequence` grows at each change that calendars must learn. `care_link`: the place in the care
    team that the booking opened for the doctor, closed again if the doctor is no longer to come.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="visits")
    slot = models.ForeignKey(ConsultationSlot, on_delete=models.PROTECT, related_name="visits")
    state = models.CharField(
        _("rendez-vous"),
        max_length=12,
        choices=[(s.value, label) for s, label in VISIT_STATES.items()],
        default=VisitState.BOOKED.value,
    )
    sequence = models.PositiveSmallIntegerField(default=0)
    care_link = models.ForeignKey(
        "network.CareLink", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField(_("motif"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("rendez-vous d’évaluation")
        ordering = ("slot__starts_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(state__in=TAKEN),
                name="consultation_slot_taken_once",
                violation_error_message=_("Ce créneau est déjà pris."),
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(state=VisitState.BOOKED),
                name="one_evaluation_to_come",
                violation_error_message=_("Ce patient a déjà un rendez-vous."),
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.BOOKED, closed_at=None)
                | (~Q(state=VisitState.BOOKED) & Q(closed_at__isnull=False)),
                name="visit_closed_when_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.state}"

    @property
    def words(self) -> str:
        return str(VISIT_STATES[VisitState(self.state)])
