"""What a page of steps shows before it is published: to its author, to a learner, to each public.

Previews read the draft in hand; nothing is written, and no answer is asked for.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from network.enums import Role
from network.models import User
from training.blocks.steps import ANSWERINGS, VERDICTS
from training.enums import Answering, Part, Verdict

from .remarks import Placed
from .runs import Tally
from .versions import PARTS

AUTHOR, LEARNER, PUBLIC, CLINICIAN = "author", "learner", "public", "clinician"
MODES = [
    (AUTHOR, _("Auteur, avec les réponses")),
    (LEARNER, _("Apprenant, écran par écran")),
    (PUBLIC, _("Résumé, pour tous")),
    (CLINICIAN, _("Résumé, pour un soignant connecté")),
]
COLOURS = {
    Verdict.RIGHT: "ok",
    Verdict.REQUIRED: "ok",
    Verdict.ACCEPTABLE: "info",
    Verdict.WRONG: "bad",
    Verdict.FORBIDDEN: "bad",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An option: `text` alone before the answer, all the rest after it."""

    text: str
    verdict: Any
    state: str
    feedback: Any
    evidence: list[Any]
    target: str
    people: int


@dataclass(frozen=True, slots=True)
class Screen:
    """One step as a screen, numbered from 1."""

    number: int
    kind: str
    label: Any
    value: Any
    answering: Any = ""
    inputs: str = ""
    choices: list[Choice] = field(default_factory=list)
    remarks: list[Placed] = field(default_factory=list)


class StepsPreview:
    """The preview modes of a page with steps or tests."""

    answered: ClassVar[dict[Part, str]]
    line: Any
    _only = 0

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return list(MODES)

    def make_preview_request(
        self,
        original_request: Any = None,
        preview_mode: Any = None,
        extra_request_attrs: Any = None,
    ) -> HttpResponse:
        """`?ecran=3` in the address of a preview keeps that screen alone."""
        asked = original_request.GET.get("ecran", "") if original_request else ""
        self._only = int(asked) if asked.isdecimal() else 0
        made: HttpResponse = super().make_preview_request(  # type: ignore[misc]
            original_request, preview_mode, extra_request_attrs
        )
        return made

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name in {PUBLIC, CLINICIAN}:
            request.user = AnonymousUser() if mode_name == PUBLIC else some_clinician()
            made: HttpResponse = super().serve_preview(request, mode_name)  # type: ignore[misc]
            return made
        context = self.get_context(request) | {  # type: ignore[attr-defined]
            "parts": self._parts(),
            "only": self._only,
            "mode": mode_name,
        }
        if mode_name == AUTHOR:
            context["remarks"] = self.remarks()  # type: ignore[attr-defined]
        return TemplateResponse(request, f"training/preview/{mode_name}.html", context)

    def _parts(self) -> list[tuple[Any, list[Screen]]]:
        """Each part with its title (none for a case) and its screens."""
        held = Tally.objects.held(self.line)
        placed = self.remarks()  # type: ignore[attr-defined]
        parts = []
        for part, name in self.answered.items():
            own = [p for p in placed if p.field == name]
            title = "" if part is Part.CASE else PARTS[part]
            parts.append((title, screens(getattr(self, name), held, own)))
        return parts


def screens(stream: Any, held: dict[str, int], placed: list[Placed]) -> list[Screen]:
    """The steps of a StreamField as screens, with what the linter says of each."""
    shown = []
    for n, step in enumerate(stream):
        own = [p for p in placed if p.step == n]
        screen = Screen(n + 1, step.block_type, step.block.label, step.value, remarks=own)
        if step.block_type == "decision":
            answering = Answering(step.value["answering"] or Answering.ONE)
            screen = Screen(
                n + 1,
                step.block_type,
                step.block.label,
                step.value,
                answering=ANSWERINGS[answering],
                inputs="checkbox" if answering is Answering.SEVERAL else "radio",
                choices=[_choice(option, held) for option in step.value["options"].bound_blocks],
                remarks=own,
            )
        shown.append(screen)
    return shown


def _choice(option: Any, held: dict[str, int]) -> Choice:
    value = option.value
    verdict = Verdict(value["verdict"] or Verdict.WRONG)
    return Choice(
        text=value["text"],
        verdict=VERDICTS[verdict],
        state=COLOURS[verdict],
        feedback=value["feedback"],
        evidence=[card for card in value["evidence"] if card],
        target=value["target"],
        people=held.get(str(option.id), 0),
    )


def some_clinician() -> User:
    """Somebody signed in who may learn, and who is nobody: no row bears this number."""
    user = User(pk=0, first_name="Camille", email="camille@example.org")
    user.__dict__["roles"] = frozenset({Role.CLINICIAN})
    return user
