"""Recount every cap and every act from the rules and the facts alone.

Reads by batches, without any lock; a dossier that looks wrong is read again under its patient's
lock before it is called a breach, so that a recount may run while people work.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from fees import course
from fees.enums import Decision, Move, State, WindowKind
from fees.models import Act, ActStep
from fees.pricing import backlog
from fees.pricing.fold import claim_of
from fees.rules import Policy, Tariff, Usage, cap_of, decide, kinds_of, window_of
from fees.selectors.dossiers import Dossier, Dossiers, Schedule
from network.models import Patient
from portal.kit.dates import Period, civil_year
from portal.kit.money import ZERO
from portal.kit.verify import Breach, recount


@recount("Actes et plafonds")
def recount_acts(tally: Counter[str]) -> Iterator[Breach]:
    """Every breach of every dossier; counts dossiers, acts, slots held, acts that wait, steps."""
    reader, schedule = Dossiers(), Schedule()
    for dossier in reader.all():
        if next(breaches(dossier, schedule), None) is not None:
            dossier = _read_again(dossier, Dossiers())  # noqa: PLW2901
            yield from breaches(dossier, Schedule())
        tally["dossiers"] += 1
        tally["actes"] += len(dossier.acts)
        tally["places tenues"] += sum(act.ordinal is not None for act, _ in dossier.acts)
        tally["actes en attente"] += sum(_waits(act) for act, _ in dossier.acts)
        tally["étapes"] += sum(len(steps) for steps in dossier.steps.values())


def starved() -> Iterator[int]:
    """Patients of whom an act waits while the rules would accept it, or let a person do so."""
    schedule = Schedule()
    for dossier in Dossiers().all():
        waits = (_of_wait(act, record, dossier, schedule) for act, record in dossier.acts)
        if any(True for each in waits for _ in each):
            yield dossier.pk


def breaches(dossier: Dossier, schedule: Schedule) -> Iterator[Breach]:
    """Whatever in the dossier does not agree with the rules, its facts or its own steps."""
    for act, record in dossier.acts:
        yield from _of_state(act)
        yield from _of_price(act, schedule)
        yield from _of_slot(act, dossier, schedule)
        yield from _of_steps(act, dossier.steps[act.pk])
        yield from _of_wait(act, record, dossier, schedule)
    yield from _of_caps(dossier, schedule)
    yield from _of_twins(dossier)


def _read_again(dossier: Dossier, reader: Dossiers) -> Dossier:
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=dossier.pk)
        return next(reader.of([dossier.pk]))


# --- One act


def _of_state(act: Act) -> Iterator[Breach]:
    """State, decision, reasons, amount and slot go together; a replaced act is cancelled."""
    states: dict[str, tuple[State, ...]] = {
        "": (State.DRAFT, State.CANCELLED),
        Decision.REFUSED: (State.REFUSED, State.CANCELLED),
        Decision.TO_ARBITRATE: (State.SUBMITTED, State.CANCELLED),
        Decision.ACCEPTED: tuple(set(State) - {State.DRAFT, State.REFUSED}),
    }
    if act.state not in states.get(act.decision, ()):
        yield _breach(act, f"état {act.state}", f"un état de « {act.decision or 'non décidé'} »")
    motives = act.decision in (Decision.REFUSED, Decision.TO_ARBITRATE)
    if bool(act.reasons) != motives:
        yield _breach(act, f"motifs « {act.reasons} »", "des motifs" if motives else "aucun motif")
    if (act.ordinal is not None) != (act.is_live and not act.kind_code.is_rcp):
        yield _breach(act, f"place {act.ordinal}", "une place si l’acte compte, aucune sinon")


def _of_price(act: Act, schedule: Schedule) -> Iterator[Breach]:
    """The amount is that of a line of the act's own kind and day, zero unless accepted."""
    line = schedule.lines.get(act.tariff_id or 0)
    if act.decision == Decision.ACCEPTED:
        # its end may have been brought forward since: a new version never changes a priced act
        if line is None or line.kind != act.kind or line.valid_from > act.done_on:
            yield _breach(act, f"ligne {act.tariff_id}", f"une ligne {act.kind} au {act.done_on}")
        elif act.amount != line.amount:
            yield _breach(act, f"montant {act.amount}", line.amount)
    elif act.amount != ZERO:
        yield _breach(act, f"montant {act.amount}", ZERO)


def _of_slot(act: Act, dossier: Dossier, schedule: Schedule) -> Iterator[Breach]:
    """Cap, window and limit of a live act are what its line and its reading say."""
    policy = schedule.policies.get(act.policy_id or 0)
    if not act.is_live or act.kind_code.is_rcp or policy is None:
        if act.is_live and policy is None:
            yield _breach(act, "aucune lecture du barème", "celle de sa décision")
        return
    cap = cap_of(act.kind_code, policy.doctor_cap)
    if act.cap != cap:
        yield _breach(act, f"plafond {act.cap}", cap)
    if not _window_holds(act, policy):
        found = f"période {act.window_from} – {act.window_to}"
        yield _breach(act, found, f"celle du {act.done_on}, lue « {policy.window} »")
    line = schedule.lines.get(act.tariff_id or 0)
    granted = dossier.grants[act.cap, act.window_from] if act.window_from else 0
    if line is not None and not _limit_holds(act, line, granted):
        yield _breach(
            act, f"place {act.ordinal} sur {act.limit}", f"au plus {_greatest(line)} + {granted}"
        )


def _window_holds(act: Act, policy: Policy) -> bool:
    """The window is that of the act's day.

    For a window counted from the inclusion, one that holds that day: the inclusion date, or the
    end of the follow-up, may have been corrected since.
    """
    if act.window_from is None or act.window_to is None:
        return False
    stored = Period(act.window_from, act.window_to)
    if policy.window is WindowKind.CIVIL:
        return stored == civil_year(act.done_on)
    return act.done_on in stored


def _limit_holds(act: Act, line: Tariff, granted: int) -> bool:
    """The limit is one of the line's, with some of the slots granted, and the slot lies within."""
    if act.limit is None:
        return line.limit is None
    bases = {line.limit_for(under_ald=under_ald) for under_ald in (False, True)}
    known = any(base is not None and 0 <= act.limit - base <= granted for base in bases)
    return known and act.ordinal is not None and 1 <= act.ordinal <= act.limit


def _of_steps(act: Act, steps: list[ActStep]) -> Iterator[Breach]:
    """The steps follow the course table, and the last one says what the act says."""
    if not steps:
        yield _breach(act, "aucune étape", "une étape au moins")
        return
    before: ActStep | None = None
    for step in steps:
        if not _may_follow(step, before):
            came = f"de {before.state}" if before else "au début"
            yield _breach(act, f"étape {step.move} {came}", "une étape permise")
        before = step
    last = steps[-1]
    said = (last.state, last.decision, last.reasons, last.amount)
    holds = (act.state, act.decision, act.reasons, act.amount)
    if said != holds:
        yield _breach(act, _words(holds), f"celle de sa dernière étape, {_words(said)}")
    if act.decided_by_person != any(step.move == Move.ARBITRATED for step in steps):
        yield _breach(act, f"arbitré={act.decided_by_person}", "ce que disent ses étapes")


def _may_follow(step: ActStep, before: ActStep | None) -> bool:
    move, state = Move(step.move), State(step.state)
    decision = Decision(step.decision) if step.decision else None
    if move is Move.DRAFTED:
        return before is None and state is State.DRAFT
    if move is Move.LOGGED:
        return (before is None or before.state == State.DRAFT) and _as_decided(state, decision)
    if before is None:
        return False
    held = Decision(before.decision) if before.decision else None
    if move in (Move.REDECIDED, Move.ARBITRATED):
        waits = held is Decision.TO_ARBITRATE and before.state == State.SUBMITTED
        waits |= move is Move.REDECIDED and before.state == State.REFUSED
        return waits and _as_decided(state, decision)
    return course.can(move, State(before.state), held) and (
        state is course.COURSE[move][1] and decision is held
    )


def _as_decided(state: State, decision: Decision | None) -> bool:
    return decision is not None and state is course.state_after(decision)


def _of_wait(
    act: Act, record: backlog.Act, dossier: Dossier, schedule: Schedule
) -> Iterator[Breach]:
    """No act waits while the rules would accept it, or would let a person accept it."""
    if not _waits(act):
        return
    policy = schedule.policy_on(act.done_on)
    verdict = decide(
        claim_of(record, record.entered_at.date()),
        record.patient.coverage_on(act.done_on),
        schedule.line_on(act.kind_code, act.done_on),
        _usage(act, dossier, policy),
        policy,
    )
    if verdict.decision not in (Decision.REFUSED, act.decision):
        yield _breach(act, f"{act.decision} ({act.reasons})", verdict.decision)


def _usage(act: Act, dossier: Dossier, policy: Policy) -> Usage:
    """What the patient's live acts hold against this one."""
    live = [other for other, _ in dossier.acts if other.is_live and other.pk != act.pk]
    cap = cap_of(act.kind_code, policy.doctor_cap)
    window = _window(act, dossier, policy)
    if cap is None or window is None:
        return Usage(
            ordinals=(), own_kind=0, duplicate=_entitlement(act) in map(_entitlement, live)
        )
    held = [
        other
        for other in live
        if (other.kind in kinds_of(cap) and other.done_on in window)
        or (other.cap, other.window_from) == (cap, window.start)
    ]
    return Usage(
        ordinals=tuple(other.ordinal or 0 for other in held),
        own_kind=sum(other.kind == act.kind for other in held),
        granted=dossier.grants[cap, window.start],
        duplicate=_entitlement(act) in map(_entitlement, held),
    )


# --- All the acts of a patient


def _of_caps(dossier: Dossier, schedule: Schedule) -> Iterator[Breach]:
    """No window holds more acts than its limit at its widest; each slot is held once."""
    windows: dict[tuple[str, date | None], list[Act]] = defaultdict(list)
    for act, _ in dossier.acts:
        if act.is_live and not act.kind_code.is_rcp:
            windows[act.cap, act.window_from].append(act)
    for (cap, start), acts in windows.items():
        subject = f"dossier {dossier.pk}, {cap} depuis le {start}"
        lines = [line for act in acts if (line := schedule.lines.get(act.tariff_id or 0))]
        bases = [base for line in lines if (base := _greatest(line)) is not None]
        limit = max(bases, default=0) + (dossier.grants[cap, start] if start else 0)
        if len(bases) == len(lines) and len(acts) > limit:  # else a line without limit
            yield Breach(subject, f"{len(acts)} actes", f"au plus {limit}")
        for ordinal, times in Counter(act.ordinal for act in acts).items():
            if times > 1:
                yield Breach(subject, f"place {ordinal} tenue {times} fois", "une fois")


def _of_twins(dossier: Dossier) -> Iterator[Breach]:
    """Nothing is payable twice; nothing is replaced that still stands."""
    payable: dict[tuple[object, ...], int] = {}
    states = {act.pk: act.state for act, _ in dossier.acts}
    for act, _ in dossier.acts:
        if act.is_live and payable.setdefault(_entitlement(act), act.pk) != act.pk:
            yield _breach(act, f"le même que l’acte {payable[_entitlement(act)]}", "un seul")
        if act.replaces_id and states.get(act.replaces_id, State.CANCELLED) != State.CANCELLED:
            yield _breach(act, f"remplace l’acte {act.replaces_id}, en cours", "un acte annulé")


# --- Words used above


def _breach(act: Act, found: object, expected: object) -> Breach:
    return Breach(f"acte {act.pk}", found, expected)


def _words(values: tuple[object, ...]) -> str:
    return " ".join(str(value) for value in values if value != "")


def _waits(act: Act) -> bool:
    waiting = act.state == State.REFUSED or act.awaits_arbitration
    return waiting and not act.decided_by_person


def _greatest(line: Tariff) -> int | None:
    """The limit of a line at its widest; None when it has none."""
    limits = [line.limit_for(under_ald=under_ald) for under_ald in (False, True)]
    return None if None in limits else max(limit for limit in limits if limit is not None)


def _window(act: Act, dossier: Dossier, policy: Policy) -> Period | None:
    follow_up = dossier.patient.follow_up_on(act.done_on)
    return window_of(policy.window, act.done_on, follow_up, policy.follow_up_months)


def _entitlement(act: Act) -> tuple[object, ...]:
    """What can be paid once."""
    if act.kind_code.is_rcp:
        return "RCP", act.rcp_file_id, act.professional_id
    return act.kind, act.professional_id, act.done_on
