"""What the training room does once a run is finished: plan its returns, complete its modules."""

from portal.kit import clock
from portal.kit.events import listens_to
from training.actions.modules import complete_module
from training.actions.returns import plan_returns
from training.events import RunFinished
from training.models import Enrolment, Run
from training.selectors.modules import modules_with


@listens_to(RunFinished)
def run_finished(event: RunFinished) -> None:
    run = Run.objects.get(pk=event.run_id)
    plan_returns(run=run)
    waiting = Enrolment.objects.filter(learner=run.learner_id, completed_at=None)
    if not waiting.exists():
        return
    for enrolment in waiting.filter(module_key__in=modules_with(run.key)):
        complete_module(enrolment=enrolment, now=clock.now())
