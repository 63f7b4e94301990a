"""People who go through cases, tests and whole modules, one minute between two gestures."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from network.enums import Profession
from network.models import User
from portal.kit import clock
from portal.kit.dates import add_years
from tests.factories.network import make_professional
from training.actions.modules import enrol, read_lesson, start_stage
from training.actions.runs import commit_answer, go_on, start_run
from training.enums import Answering, Certainty, Part, Purpose, Verdict
from training.models import Answer, Attestation, ModulePage, Run
from training.rules.cases import Decision
from training.selectors.modules import content_of
from training.selectors.path import Path, path_of

ALL = 99
MINUTE = timedelta(minutes=1)


def make_learner(profession: Profession = Profession.PHYSIO, **fields: Any) -> User:
    """A clinician with a profession, hence peers."""
    user = make_professional(profession=profession, **fields).user
    assert user
    return user


def go_through(
    learner: User,
    key: UUID,
    part: Part,
    *,
    now: datetime,
    right: int = ALL,
    purpose: Purpose = Purpose.LEARN,
    return_day: int = 0,
) -> Run:
    """Begin and finish a case or a test, the first `right` decisions answered well."""
    run = start_run(key=key, part=part, by=learner, now=now, purpose=purpose, return_day=return_day)
    return finish(run, now=now, right=right)


def finish(run: Run, *, now: datetime, right: int = ALL) -> Run:
    """Finish a run that has begun."""
    while run.finished_at is None:
        here = run.version.case.step(str(run.position))
        if isinstance(here, Decision):
            well = Answer.objects.filter(run=run).count() < right
            commit_answer(
                run=run,
                step=run.position,
                chosen=_chosen(here, well=well),
                certainty=Certainty.MIDDLE,
                by=run.learner,
                now=now,
            )
            run.refresh_from_db()
        if run.finished_at is None and str(run.position) == here.id:
            now += MINUTE
            go_on(run=run, step=run.position, by=run.learner, now=now)
            run.refresh_from_db()
    return run


def finish_module(learner: User, module: ModulePage, *, now: datetime, right: int = ALL) -> Path:
    """Go through a whole module; `right` answers in each test, everything in cases."""
    key = module.translation_key
    enrol(key=key, by=learner, now=now)
    for stage in path_of(content_of(module), learner).stages:
        now += MINUTE
        if stage.key == key or not stage.url:
            run = start_stage(key=key, part=stage.part, case=stage.key, by=learner, now=now)
            finish(run, now=now, right=ALL if stage.part is Part.CASE else right)
            now += 5 * MINUTE
        else:
            read_lesson(key=key, lesson=stage.key, by=learner, now=now)
    return path_of(content_of(module), learner)


def make_attestation(learner: User, **fields: Any) -> Attestation:
    """An attestation as it is once issued, without the module behind it."""
    defaults: dict[str, Any] = {
        "learner": learner,
        "module_key": uuid4(),
        "issued_on": clock.today(),
        "expires_on": add_years(clock.today(), 3),
        "minutes": 65,
        "facts": {
            "title": "Les bases de la douleur",
            "objectives": ["Nommer une douleur"],
            "nature": "FC",
            "axis": 1,
            "lessons": 2,
            "vignettes": 1,
            "tests": 2,
            "action_number": "",
            "session_number": "",
            "started_on": "2026-11-02",
            "completed_on": "2026-11-16",
            "planned_minutes": 60,
            "live_minutes": 0,
            "scores": {},
            "lead": {"name": "Dr Ada Fil", "function": "algologue", "interests": "Aucun"},
            "learner": {"name": learner.get_full_name(), "profession": "", "rpps": ""},
            "body": {
                "name": "Réseau Fil",
                "address": "",
                "signatory": "La direction médicale",
                "declaration": "",
                "qualiopi": "",
                "odpc": "",
            },
        },
    }
    attestation: Attestation = Attestation.objects.create(**(defaults | fields))
    return attestation


def _chosen(decision: Decision, *, well: bool) -> list[str]:
    right = [each.id for each in decision.options if each.credited]
    wrong = [each.id for each in decision.options if each.verdict is Verdict.WRONG]
    chosen = right if well else wrong
    return chosen if decision.answering is Answering.SEVERAL else chosen[:1]
