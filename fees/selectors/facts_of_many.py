"""The facts of many acts as they stand now, by as many queries as of one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from fees import rules
from fees.enums import Kind
from fees.models import Act, GrantedSlot, PolicyVersion, TariffLine
from network.enums import AldKind, LinkRole, Profession
from network.models import AldPeriod, CareLink, RcpFile
from network.rules.proofs import Attendee
from network.selectors.patients import load_former
from portal.kit.dates import Period, covers

from .facts import Facts, declared_in, usage_in
from .prepared import Held


def facts_of_many(acts: Sequence[Act]) -> dict[int, Facts]:
    """The facts of each act, judged at the day of its entry; patients and professionals are loaded.

    As `facts_of` for each of them, the act itself not counted. Seven queries at most, eight where
    an act comes before its patient's present follow-up.
    """
    known = _Known(acts)
    return {act.pk: known.facts_of(act) for act in acts}


@dataclass(frozen=True, slots=True)
class _Live:
    pk: int
    rcp_file: int | None
    held: Held


class _Known:
    """What was read for all of them."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self.policies = list(PolicyVersion.objects.order_by("valid_from"))
        self.lines = list(TariffLine.objects.order_by("valid_from"))
        load_former((act.patient, act.done_on) for act in acts)
        self.follow_ups = {act.pk: act.patient.follow_up_on(act.done_on) for act in acts}
        self.windows = {act.pk: self._window(act) for act in acts}
        self._read_ald(acts)
        self._read_treating([act for act in acts if act.kind == Kind.RCP_MT])
        self._read_files([act for act in acts if act.rcp_file_id])
        self._read_live(acts)

    def facts_of(self, act: Act) -> Facts:
        declared, kind = declared_in(act), act.kind_code
        claim = rules.Claim(
            kind=kind,
            done_on=act.done_on,
            today=timezone.localdate(act.entered_at),
            professional=act.professional_id,
            profession=Profession(act.professional.profession),
            agreement_from=act.professional.agreement_from,
            agreement_to=act.professional.agreement_to,
            is_treating_doctor=kind is Kind.RCP_MT
            and any(
                covers(first, last, act.done_on)
                for first, last in self.treating[act.patient_id, act.professional_id]
            ),
            msp_declared=act.msp_declared,
            rcp=self._file_of(act),
        )
        coverage = rules.Coverage(
            follow_up=self.follow_ups[act.pk],
            under_ald=not kind.is_rcp and rules.under_ald(self.ald[act.patient_id], act.done_on),
        )
        policy = self._policy_on(act.done_on)
        cap, window = self.windows[act.pk]
        others = [each for each in self.live[act.patient_id] if each.pk != act.pk]
        if cap is None:
            twice = any(
                each.rcp_file == act.rcp_file_id
                and each.held.professional_id == act.professional_id
                for each in others
                if each.rcp_file
            )
            usage = rules.Usage(ordinals=(), own_kind=0, duplicate=twice)
        elif window is None:
            usage = rules.Usage(ordinals=(), own_kind=0)
        else:
            granted = self.granted[act.patient_id, cap, window.start]
            held = (each.held for each in others)
            usage = usage_in(declared, cap, window, held, granted=granted)
        return Facts(claim, coverage, usage, self._line_on(kind, act.done_on), policy)

    def _policy_on(self, day: date) -> PolicyVersion:
        """Raises PolicyVersion.DoesNotExist when none is in force."""
        for each in reversed(self.policies):
            if covers(each.valid_from, each.valid_to, day):
                return each
        raise PolicyVersion.DoesNotExist

    def _line_on(self, kind: Kind, day: date) -> TariffLine | None:
        for each in reversed(self.lines):
            if each.kind == kind and covers(each.valid_from, each.valid_to, day):
                return each
        return None

    def _window(self, act: Act) -> tuple[str | None, Period | None]:
        policy = self._policy_on(act.done_on).as_rule()
        cap = rules.cap_of(act.kind_code, policy.doctor_cap)
        if cap is None:
            return None, None
        return cap, rules.window_of(
            policy.window,
            act.done_on,
            self.follow_ups[act.pk],
            policy.follow_up_months,
        )

    def _file_of(self, act: Act) -> rules.RcpFile | None:
        """None when it is of another patient or of another day."""
        found = self.files.get(act.rcp_file_id or 0)
        if found is None or (found[0], found[1].held_on) != (act.patient_id, act.done_on):
            return None
        return found[1]

    def _read_ald(self, acts: Iterable[Act]) -> None:
        self.ald: dict[int, list[tuple[AldKind, date, date | None]]] = defaultdict(list)
        for each in AldPeriod.objects.filter(patient__in={act.patient_id for act in acts}):
            self.ald[each.patient_id].append((AldKind(each.kind), each.starts_on, each.ends_on))

    def _read_treating(self, acts: Iterable[Act]) -> None:
        self.treating: dict[tuple[int, int], list[tuple[date, date | None]]] = defaultdict(list)
        links = CareLink.objects.filter(
            patient__in={act.patient_id for act in acts}, role=LinkRole.TREATING_DOCTOR
        )
        for each in links:
            key = (each.patient_id, each.professional_id)
            self.treating[key].append((each.starts_on, each.ends_on))

    def _read_files(self, acts: Iterable[Act]) -> None:
        files = RcpFile.objects.filter(pk__in={act.rcp_file_id for act in acts})
        rows = files.values_list(
            "pk",
            "patient",
            "meeting__held_on",
            "minutes_signed_on",
            "plan_revised_on",
            "attendance__professional",
            "attendance__professional__profession",
            "attendance__professional__employee",
        )
        present: dict[int, list[Attendee]] = defaultdict(list)
        heads: dict[int, tuple[int, date, date | None, date | None]] = {}
        for pk, patient, held_on, minutes, plan, who, profession, employee in rows:
            heads[pk] = (patient, held_on, minutes, plan)
            if who is not None:
                present[pk].append(Attendee(who, Profession(profession), employee))
        self.files = {
            pk: (patient, rules.RcpFile(held_on, minutes, plan, tuple(present[pk])))
            for pk, (patient, held_on, minutes, plan) in heads.items()
        }

    def _read_live(self, acts: Iterable[Act]) -> None:
        """Live acts and granted slots of the windows asked about, and acts of the RCP files."""
        patients = {act.patient_id for act in acts}
        windows = [window for _, window in self.windows.values() if window]
        first = min((each.start for each in windows), default=date.max)
        last = max((each.end or date.max for each in windows), default=date.min)
        within = Q(done_on__gte=first, done_on__lt=last)
        within |= Q(window_from__in={each.start for each in windows})
        within |= Q(rcp_file__in={act.rcp_file_id for act in acts if act.rcp_file_id})
        live = Act.objects.live().filter(within, patient__in=patients).order_by()
        self.live: dict[int, list[_Live]] = defaultdict(list)
        for pk, patient, rcp_file, *held in live.values_list(
            "pk", "patient_id", "rcp_file_id", *Held._fields
        ):
            self.live[patient].append(_Live(pk, rcp_file, Held._make(held)))
        slots = GrantedSlot.objects.filter(patient__in=patients)
        keys = slots.values_list("patient_id", "cap", "window_from")
        self.granted: Counter[tuple[int, str, date]] = Counter(keys)
