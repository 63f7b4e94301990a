"""Acts: what took place (never rewritten) and the numbered slot that it may hold (can be freed)."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q, Sum
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from fees.enums import HOLDING, OPEN, Decision, Kind, Move, Reason, State
from network.enums import Role

from .schedule import KINDS

STATES = {
    State.DRAFT: _("Brouillon"),
    State.SUBMITTED: _("Soumis"),
    State.VALIDATED: _("Validé"),
    State.IN_BATCH: _("En paiement"),
    State.PAID: _("Payé"),
    State.REFUSED: _("Refusé"),
    State.CANCELLED: _("Annulé"),
    State.REVERSED: _("Extourné"),
}
DECISIONS = {
    Decision.ACCEPTED: _("accepté"),
    Decision.REFUSED: _("refusé"),
    Decision.TO_ARBITRATE: _("à arbitrer"),
}
LIVE = Q(state__in=HOLDING, decision=Decision.ACCEPTED)
"""An act that counts: accepted, and neither refused, cancelled nor reversed since."""
CAPPED = ~Q(kind__in=[kind.value for kind in Kind if kind.is_rcp])
"""An act that takes a slot of a cap: any but the RCP's."""


class WrittenIn(models.Lookup[str]):
    """`IN` with its values, which are our own, in the statement itself rather than beside it.

    SQLite must read them there to use an index that is made for those values only.
    """

    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        values = ", ".join(f"'{value}'" for value in self.rhs)
        return f"{column} IN ({values})", parameters


class ActQuerySet(models.QuerySet["Act"]):
    def visible_to(self, user: object) -> Self:
        """Clinicians: their own acts. Coordinators, medical director, accountants: all but drafts.

        Accountants get the patient's code only: that is the concern of their pages.
        """
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        mine = Q(pk__in=[])
        if Role.CLINICIAN in roles:
            mine |= Q(professional__user=user)
        if roles & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR, Role.ACCOUNTANT}:
            mine |= ~Q(state=State.DRAFT)
        return self.filter(mine)

    def live(self) -> Self:
        return self.filter(LIVE)

    def under_way(self) -> Self:
        """On their way to payment: what an accountant or the medical director has to do."""
        return self.filter(WrittenIn(F("state"), OPEN))

    def waiting(self) -> Self:
        """Acts that the rules keep waiting, and that a change of facts may still accept."""
        return self.filter(
            Q(state=State.REFUSED, decision=Decision.REFUSED)
            | Q(state=State.SUBMITTED, decision=Decision.TO_ARBITRATE),
            decided_by_person=False,
        )

    def to_arbitrate(self) -> Self:
        return self.filter(state=State.SUBMITTED, decision=Decision.TO_ARBITRATE)

    def done_in(self, first: date, after: date) -> Self:
        return self.filter(done_on__gte=first, done_on__lt=after)

    def payable_total(self) -> Decimal:
        return self.filter(LIVE).aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


class Act(models.Model):
    """An act that a professional did for a patient.

    The decision, amount (euros), cap and slot are copied from the rules in force at the decision;
    a later tariff or policy never changes them. `limit` is the cap plus the slots granted then.
    """

    request_id = models.UUIDField(unique=True)  # made by the client: the same request twice is one
    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="acts")
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="acts"
    )
    kind = models.CharField(
        _("acte"), max_length=12, choices=[(k.value, v) for k, v in KINDS.items()]
    )
    done_on = models.DateField(_("fait le"))
    rcp_file = models.ForeignKey(
        "network.RcpFile", on_delete=models.PROTECT, null=True, blank=True, related_name="acts"
    )
    msp_declared = models.BooleanField(_("séance non facturée à Mon soutien psy"), default=False)
    entered_at = models.DateTimeField(_("noté le"))
    state = models.CharField(
        _("état"), max_length=10, choices=[(s.value, v) for s, v in STATES.items()]
    )
    decision = models.CharField(
        max_length=12, blank=True, choices=[(d.value, v) for d, v in DECISIONS.items()]
    )
    decided_by_person = models.BooleanField(default=False)
    reasons = models.CharField(max_length=200, blank=True)  # codes joined by |, in their order
    amount = models.DecimalField(
        _("montant"), max_digits=8, decimal_places=2, default=Decimal("0.00")
    )
    tariff = models.ForeignKey(
        "fees.TariffLine", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    policy = models.ForeignKey(
        "fees.PolicyVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cap = models.CharField(max_length=12, blank=True)
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    limit = models.PositiveSmallIntegerField(null=True, blank=True)
    window_from = models.DateField(null=True, blank=True)
    window_to = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects: ClassVar[ActQuerySet] = ActQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("acte")
        verbose_name_plural = _("actes")
        ordering = ("-done_on", "-pk")
        indexes = [
            models.Index(fields=["professional", "-done_on", "-id"], name="act_of_professional"),
            models.Index(fields=["patient", "done_on"], name="act_of_patient"),
            models.Index(fields=["state", "-done_on", "-id"], name="act_by_state"),
            models.Index(fields=["-done_on", "-id"], name="act_by_day"),
            models.Index(
                fields=["patient", "entered_at"],
                condition=Q(decision__in=[Decision.REFUSED, Decision.TO_ARBITRATE]),
                name="act_waiting",
            ),
            models.Index(
                fields=["-entered_at"], condition=Q(decided_by_person=True), name="act_arbitrated"
            ),
            models.Index(  # in the order of the list, with all that is filtered and counted
                fields=[
                    "-done_on",
                    "-id",
                    "state",
                    "decision",
                    "kind",
                    "professional",
                    "reasons",
                    "amount",
                ],
                condition=Q(state__in=OPEN),
                name="act_under_way",
            ),
            models.Index(  # what is counted of it when nothing is filtered
                fields=["state", "decision", "amount"],
                condition=Q(state__in=OPEN),
                name="act_figures",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "cap", "window_from", "ordinal"],
                condition=Q(ordinal__isnull=False),
                name="slot_held_once",
                violation_error_message=_("Cette place du plafond est déjà prise."),
            ),
            models.CheckConstraint(
                condition=Q(ordinal=None) | Q(ordinal__gte=1, ordinal__lte=F("limit")),
                name="slot_within_limit",
                violation_error_message=_("Le plafond est atteint."),
            ),
            models.CheckConstraint(
                condition=(
                    LIVE & CAPPED & ~Q(cap="") & Q(ordinal__isnull=False, window_from__isnull=False)
                )
                | (LIVE & ~CAPPED & Q(cap="", ordinal=None))
                | (~LIVE & Q(ordinal=None)),
                name="live_act_holds_its_slot",
            ),
            models.CheckConstraint(
                condition=(CAPPED & Q(rcp_file=None))
                | (~CAPPED & (~LIVE | Q(rcp_file__isnull=False))),
                name="rcp_act_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.CANCELLED], decision="")
                | Q(state__in=[State.REFUSED, State.CANCELLED], decision=Decision.REFUSED)
                | Q(state__in=[State.SUBMITTED, State.CANCELLED], decision=Decision.TO_ARBITRATE)
                | Q(
                    state__in=[*HOLDING, State.CANCELLED, State.REVERSED],
                    decision=Decision.ACCEPTED,
                ),
                name="act_state_agrees_with_decision",
            ),
            models.CheckConstraint(
                condition=Q(amount=0) | Q(decision=Decision.ACCEPTED, amount__gt=0),
                name="only_accepted_act_is_worth",
            ),
            models.UniqueConstraint(
                fields=["patient", "professional", "kind", "done_on"],
                condition=LIVE & Q(rcp_file=None),
                name="act_counted_once",
                violation_error_message=_("Cet acte est déjà noté."),
            ),
            models.UniqueConstraint(
                fields=["rcp_file", "professional"],
                condition=LIVE & Q(rcp_file__isnull=False),
                name="rcp_act_counted_once",
                violation_error_message=_("Cette présence est déjà notée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.done_on} ({self.state})"

    @property
    def reason_codes(self) -> tuple[Reason, ...]:
        return tuple(Reason(code) for code in self.reasons.split("|") if code)

    @property
    def kind_code(self) -> Kind:
        return Kind(self.kind)

    @property
    def is_live(self) -> bool:
        return self.state in HOLDING and self.decision == Decision.ACCEPTED

    @property
    def awaits_arbitration(self) -> bool:
        return self.state == State.SUBMITTED and self.decision == Decision.TO_ARBITRATE


class ActStep(models.Model):
    """A step of an act's course: who, when, why. The table only grows; a rule has no `by`."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey("network.User", on_delete=models.PROTECT, null=True, related_name="+")
    move = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Move])
    state = models.CharField(max_length=10, choices=[(s.value, v) for s, v in STATES.items()])
    decision = models.CharField(max_length=12, blank=True)
    reasons = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.move} → {self.state}"


class GrantedSlot(models.Model):
    """An arbitration in favour: one more slot for a patient, a cap and a window."""

    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="granted_slot")
    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="granted_slots"
    )
    cap = models.CharField(max_length=12)
    window_from = models.DateField()
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    class Meta:
        indexes = [
            models.Index(fields=["patient", "cap", "window_from"], name="granted_for_window")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="granted_with_reason",
                violation_error_message=_("Écrivez le motif de cette décision."),
            )
        ]

    def __str__(self) -> str:
        return f"+1 {self.cap} {self.window_from}"
