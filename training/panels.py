"""Parts of other pages: « Se former », and the end of a case or of a test."""

from typing import Any

from django.http import HttpRequest

from network.models import User
from portal.kit import clock
from portal.kit.panels import Filled, panel
from training.access import Perm
from training.enums import Part, Purpose
from training.models import Attestation, Run
from training.selectors.meetings import coming_registrations
from training.selectors.modules import modules_with
from training.selectors.path import under_way
from training.selectors.replays import latest_replays
from training.selectors.returns import are_paused, waiting_returns

LATEST = 3


@panel("learn", name="returns", order=5, perm=Perm.LEARN)
def returns(request: HttpRequest, learner: User) -> Filled | None:
    """Cases that wait today."""
    waiting = waiting_returns(learner, clock.today())
    return Filled("training/parts/returns.html", {"waiting": waiting}) if waiting else None


@panel("learn", name="modules", order=10, perm=Perm.LEARN)
def modules(request: HttpRequest, learner: User) -> Filled | None:
    """Modules under way, with the next step of each."""
    paths = under_way(learner)
    return Filled("training/parts/modules.html", {"paths": paths}) if paths else None


@panel("learn", name="registrations", order=20, perm=Perm.LEARN)
def registrations(request: HttpRequest, learner: User) -> Filled:
    """The meetings to come, and the way to all."""
    coming = coming_registrations(learner, now=clock.now())
    return Filled("training/parts/registrations.html", {"coming": coming})


@panel("learn", name="replays", order=30, perm=Perm.LEARN)
def replays(request: HttpRequest, learner: User) -> Filled | None:
    """The latest recordings, and how far each was watched."""
    latest = latest_replays(learner, LATEST)
    return Filled("training/parts/replays.html", {"replays": latest}) if latest else None


@panel("learn", name="attestations", order=40, perm=Perm.LEARN)
def attestations(request: HttpRequest, learner: User) -> Filled | None:
    own = list(Attestation.objects.filter(learner=learner)[: LATEST + 1])
    if not own:
        return None
    context: dict[str, Any] = {
        "attestations": own[:LATEST],
        "more": len(own) > LATEST,
        "today": clock.today(),
    }
    return Filled("training/parts/attestations.html", context)


@panel("learn", name="switch", order=90, perm=Perm.LEARN)
def switch(request: HttpRequest, learner: User) -> Filled:
    """Whether cases come back by mail."""
    return Filled("training/parts/switch.html", {"paused": are_paused(learner)})


@panel("run_end", name="module", order=10, perm=Perm.LEARN)
def back_to_module(request: HttpRequest, run: Run) -> Filled | None:
    """The way back to the modules that hold this case or this test, and the test's result."""
    if run.purpose != Purpose.LEARN:
        return None
    paths = [
        path
        for path in under_way(run.learner, also=run.key if run.part != Part.CASE else None)
        if path.content.page.line in modules_with(run.key)
    ]
    if not paths:
        return None
    return Filled("training/parts/back_to_module.html", {"paths": paths, "run": run})
