"""Modules in words: stages, states, what their public page says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.models import User
from portal.kit import words
from training.access import Perm
from training.enums import AttestationState, Moment, Part, StageKind, StageState
from training.models import Attestation, Enrolment, LessonPage, LessonRead, ModulePage, Run
from training.selectors.catalogue import STANDINGS, Standing
from training.selectors.modules import content_of
from training.selectors.path import Path, Stage

register = template.Library()
KINDS: dict[StageKind, str | Promise] = {
    StageKind.PRETEST: gettext_lazy("Test"),
    StageKind.LESSON: gettext_lazy("Leçon"),
    StageKind.VIGNETTE: gettext_lazy("Vignette clinique"),
    StageKind.POSTTEST: gettext_lazy("Test"),
}
TESTS: dict[StageKind, str | Promise] = {
    StageKind.PRETEST: gettext_lazy("Test de départ"),
    StageKind.POSTTEST: gettext_lazy("Test final"),
}
MOMENTS: dict[Moment, str | Promise] = {
    Moment.PRE: gettext_lazy("Test de départ"),
    Moment.POST: gettext_lazy("Test final"),
    Moment.DAY_30: gettext_lazy("Cas revus à 30\u00a0jours"),
    Moment.DAY_90: gettext_lazy("Cas revus à 90\u00a0jours"),
}
VERBS: dict[Standing, str | Promise] = {
    Standing.NEW: gettext_lazy("Commencer"),
    Standing.BEGUN: gettext_lazy("Reprendre"),
    Standing.DONE: gettext_lazy("Revoir"),
}
ATTESTATIONS: dict[AttestationState, tuple[str, str | Promise]] = {
    AttestationState.VALID: ("ok", gettext_lazy("Valable")),
    AttestationState.EXPIRED: ("wait", gettext_lazy("Expirée")),
    AttestationState.REVOKED: ("bad", gettext_lazy("Révoquée")),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the public page of a module adds to it. `label`: of the button, empty for none.

    `tag`: state and words of what the reader already did of it.
    """

    objectives: tuple[str, ...]
    holds: tuple[str, ...]
    passes: bool
    signed_in: bool
    label: str | Promise
    tag: tuple[str, str | Promise] | None


@register.simple_tag(takes_context=True)
def module_sheet(context: template.Context, page: ModulePage) -> Sheet:
    """`{% module_sheet page as sheet %}`; a visitor without session costs no session."""
    request = context["request"]
    content = content_of(page)
    known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    standing = None
    if known and request.user.has_perm(Perm.LEARN):
        standing = _standing(request.user, content.key)
    holds = [
        _("Un test de départ, pour comparer") if Part.PRETEST in content.tests else "",
        *(_("Leçon\u00a0: %(title)s") % {"title": each.title} for each in content.lessons),
        *(
            _("Vignette clinique\u00a0: %(title)s") % {"title": each.title}
            for each in content.vignettes
        ),
        _("Un test final") if Part.POSTTEST in content.tests else "",
    ]
    return Sheet(
        objectives=tuple(str(block.value) for block in page.objectives if block.value),
        holds=tuple(filter(None, holds)),
        passes=Part.POSTTEST in content.tests,
        signed_in=known,
        label=VERBS[standing] if standing else "",
        tag=STANDINGS.get(standing) if standing else None,
    )


def _standing(user: User, key: UUID) -> Standing:
    found = Enrolment.objects.visible_to(user).filter(module_key=key).first()
    if found is None:
        return Standing.NEW
    return Standing.DONE if found.completed_at else Standing.BEGUN


@register.inclusion_tag("training/parts/lesson_read.html", takes_context=True)
def lesson_read(context: template.Context, page: LessonPage) -> dict[str, Any]:
    """`{% lesson_read page %}` at the foot of a lesson: « J’ai lu, continuer »."""
    request = context["request"]
    known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    if not known or not request.user.has_perm(Perm.LEARN):
        return {}
    key, lesson = page.get_parent().specific.line, page.line
    read = LessonRead.objects.filter(
        enrolment__learner=request.user, enrolment__module_key=key, lesson_key=lesson
    )
    return {
        "key": key,
        "lesson": lesson,
        "read": read.exists(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/tag.html")
def attestation_tag(attestation: Attestation, today: Any) -> dict[str, Any]:
    """`{% attestation_tag attestation today %}`"""
    state, label = ATTESTATIONS[attestation.state_on(today)]
    return {"state": state, "label": label}


@register.filter
def moment_words(moment: Moment) -> str:
    return str(MOMENTS[moment])


@register.filter
def stage_kind(stage: Stage) -> str:
    return str(KINDS[stage.kind])


@register.filter
def stage_title(stage: Stage) -> str:
    return str(TESTS.get(stage.kind) or words.typeset(stage.title))


@register.filter
def stage_button(stage: Stage) -> str:
    """The verb of a stage that is answered."""
    if stage.state is StageState.UNDER_WAY:
        return _("Reprendre")
    if stage.state in {StageState.SHORT, StageState.DONE}:
        return _("Refaire")
    return _("Commencer")


@register.filter
def stage_state(stage: Stage, path: Path) -> str:
    """Where one stands, in a few words: the colour of a knot says nothing alone."""
    if stage.kind is StageKind.POSTTEST and stage.state in {StageState.SHORT, StageState.DONE}:
        best, mark = path.best(Part.POSTTEST) or Decimal(0), path.content.page.pass_mark
        tries = len(path.scores(Part.POSTTEST))
        text = ngettext(
            "%(best)s\u00a0%% en un essai\u202f; il faut %(mark)s\u00a0%%.",
            "%(best)s\u00a0%% au mieux en %(tries)s essais\u202f; il faut %(mark)s\u00a0%%.",
            tries,
        )
        return text % {"best": round(best), "mark": mark, "tries": tries}
    if stage.state is StageState.DONE:
        return _("Lue") if stage.kind is StageKind.LESSON else _("Fait")
    if stage.state is StageState.UNDER_WAY:
        return _("Commencé\u00a0: vous reprendrez là où vous en étiez.")
    if stage.opened:
        return _("À faire")
    if stage.kind is StageKind.POSTTEST:
        return _("S’ouvre quand le reste est fait.")
    return _("S’ouvre après le test de départ.")


@register.filter
def score_of(path: Path, run: Run) -> Decimal | None:
    """The score of this try of a test, in percent."""
    return next(
        (each.score for each in path.scores(Part(run.part)) if each.number == run.attempt), None
    )
