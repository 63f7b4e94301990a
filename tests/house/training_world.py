"""The modules, attestations and returns of the access matrix."""

from datetime import date
from typing import Any

from wagtail.models import Page, Site

from home.models import HomePage
from network.models import User
from portal.kit import clock
from tests.factories.learning import make_attestation
from tests.factories.training import make_module, make_vignette
from training.actions.runs import start_run
from training.actions.summaries import sum_up_questions
from training.enums import Part
from training.management.volume import load_answers
from training.models import CaseVersion, EvidenceCard, Return
from training.selectors.modules import content_of

type Values = dict[tuple[str, str], dict[str, Any]]


def learning_values(me: User, them: User) -> Values:
    """The parameters of the addresses of modules: nobody owns a module, so its label is other."""
    _make_home()
    module = make_module(lessons=1, vignettes=[make_vignette()])
    key, lesson = module.translation_key, content_of(module).lessons[0].translation_key
    values: Values = {
        ("training:module_stage", "other"): {"key": key, "part": "pretest", "case": key},
        ("training:lesson_read", "other"): {"key": key, "lesson": lesson},
    }
    for name in ("module", "module_begin", "module_attest", "effect"):
        values[f"training:{name}", "other"] = {"key": key}
    case = content_of(module).vignettes[0].translation_key
    values["training:start", "other"] = {"key": case}
    for label, learner in (("own", me), ("other", them)):
        run = start_run(key=case, part=Part.CASE, by=learner, now=clock.now())
        for name in ("run", "go_on", "again"):
            values[f"training:{name}", label] = {"pk": run.pk}
        code = make_attestation(learner).code
        for name in ("attestation_pdf", "revoke_attestation"):
            values[f"training:{name}", label] = {"code": code}
        coming = Return.objects.create(learner=learner, key=case, day=7, due_on=clock.today())
        values["training:return_begin", label] = {"pk": coming.pk}
    return values


def committee_values() -> Values:
    """A case whose questions twenty learners answered, and a card."""
    load_answers(answers=100, until=clock.now(), tell=lambda _written: None, cases=1)
    sum_up_questions(now=clock.now())
    case = CaseVersion.objects.get()
    card = EvidenceCard.objects.create(
        claim="Une femme sur deux a mal", reference="Revue", review_on=date(2027, 1, 1)
    )
    return {
        ("training:question", "other"): {"pk": case.items.order_by("pk")[0].pk},
        ("training:case_statistics", "other"): {"key": case.key, "part": case.part},
        ("training:card", "other"): {"pk": card.pk},
    }


def _make_home() -> None:
    """A front page under the site, unless the test has loaded the whole public site."""
    if HomePage.objects.exists():
        return
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Accueil", slug="accueil-reseau", headline="Accueil", lede="…")
    )
    Site.objects.filter(is_default_site=True).update(root_page=home)
    Site.clear_site_root_paths_cache()
