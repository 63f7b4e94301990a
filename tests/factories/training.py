"""Cases and modules for tests: raw blocks as the editor stores them, signed and published."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from home.models import HomePage
from network.enums import Role
from network.models import User
from tests.factories.network import make_user
from training.enums import Answering, Verdict
from training.models import (
    EvidenceCard,
    Expert,
    LessonPage,
    ModulePage,
    SignedPage,
    SignOff,
    TrainingIndexPage,
    VignettePage,
)

NAMESPACE = UUID("5f7d3c70-7c0e-4c53-9d3a-0d9a1f2b6c11")
SIGNED_AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
Raw = dict[str, Any]
_number = count(1)


def block_id(name: str) -> str:
    """A stable block id for a name of one's choice."""
    return str(uuid5(NAMESPACE, name))


def option(name: str, verdict: Verdict = Verdict.WRONG, **value: Any) -> Raw:
    """An option whose id comes from its name; its feedback says « retour de <name> »."""
    defaults: Raw = {
        "text": name,
        "verdict": verdict.value,
        "feedback": f"<p>retour de {name}</p>",
        "evidence": [],
        "target": "",
        "own_words": False,
        "forms": "",
        "otherwise": False,
    }
    return {"type": "item", "id": block_id(f"option {name}"), "value": defaults | value}


def decision(
    name: str, options: Sequence[Raw], answering: Answering = Answering.ONE, **value: Any
) -> Raw:
    defaults = {
        "name": name,
        "target": "",
        "answering": answering.value,
        "stem": f"{name} : que faites-vous ?",
        "explanation": f"<p>explication de {name}</p>",
        "evidence": [],
        "options": list(options),
    }
    return {"type": "decision", "id": block_id(f"step {name}"), "value": defaults | value}


def narrative(name: str, text: str = "<p>Elle a mal.</p>", target: str = "") -> Raw:
    value = {"name": name, "title": "", "text": text, "target": target}
    return {"type": "narrative", "id": block_id(f"step {name}"), "value": value}


def findings(name: str, **results: str) -> Raw:
    items = [
        {
            "type": "item",
            "id": block_id(f"finding {name} {label}"),
            "value": {"label": label, "result": f"<p>{result}</p>"},
        }
        for label, result in results.items()
    ]
    value = {"name": name, "intro": "Que cherchez-vous ?", "items": items, "target": ""}
    return {"type": "findings", "id": block_id(f"step {name}"), "value": value}


def take_home(name: str, *points: str) -> Raw:
    items = [
        {"type": "item", "id": block_id(f"point {name} {place}"), "value": point}
        for place, point in enumerate(points or ("Chercher, nommer, traiter.",))
    ]
    value = {"name": name, "points": items, "evidence": []}
    return {"type": "take_home", "id": block_id(f"step {name}"), "value": value}


def quoting(*cards: EvidenceCard) -> list[Raw]:
    """The `evidence` of an option or a step."""
    return [{"type": "item", "id": block_id(f"card {card.pk}"), "value": card.pk} for card in cards]


def small_case() -> list[Raw]:
    """A story, a choice of four, a question with several answers, and what to keep."""
    return [
        narrative("histoire"),
        decision(
            "choix",
            [
                option("réadresser", Verdict.ACCEPTABLE),
                option("augmenter"),
                option("rassurer"),
                option("chercher", Verdict.RIGHT),
            ],
        ),
        decision(
            "vérifier",
            [
                option("cicatrice", Verdict.REQUIRED),
                option("ganglions", Verdict.RIGHT),
                option("attendre"),
                option("minimiser", Verdict.FORBIDDEN),
            ],
            Answering.SEVERAL,
        ),
        take_home("fin"),
    ]


def make_card(**fields: Any) -> EvidenceCard:
    defaults: dict[str, Any] = {
        "claim": f"Une femme sur deux a mal ({next(_number)})",
        "figure": "47 %",
        "population": "3 253 femmes opérées",
        "reference": "Gärtner, JAMA 2009;302(18):1985-92",
        "review_on": date(2027, 6, 1),
    }
    card = EvidenceCard(**(defaults | fields))
    card.save()
    card.save_revision().publish()
    card.refresh_from_db()
    return card


def make_expert(**fields: Any) -> Expert:
    expert = Expert(**({"name": "Un médecin de la douleur", "interests": "Aucun"} | fields))
    expert.save()
    return expert


def make_index() -> TrainingIndexPage:
    found = TrainingIndexPage.objects.first()
    if found:
        return found
    index = TrainingIndexPage(title="Se former", slug="formation")
    HomePage.objects.get().add_child(instance=index)
    index.save_revision().publish()
    return index


def sign(page: SignedPage, *, by: User | None = None) -> SignOff:
    """The medical director's signature on the content as it stands in `page`."""
    signed: SignOff
    signed, _made = SignOff.objects.get_or_create(
        key=page.line,
        content_hash=page.signable(),
        defaults={"by": by or make_user(Role.MEDICAL_DIRECTOR), "at": SIGNED_AT},
    )
    return signed


def publish(page: SignedPage) -> None:
    sign(page)
    page.save_revision().publish()
    page.refresh_from_db()


def make_vignette(steps: Sequence[Raw] | None = None, **fields: Any) -> VignettePage:
    """A published vignette; `small_case` unless told."""
    number = next(_number)
    defaults = {
        "title": f"Mme D., {number} ans",
        "slug": f"cas-{number}",
        "lede": "Un bras douloureux.",
    }
    page = VignettePage(**(defaults | fields))
    page.steps = list(steps) if steps is not None else small_case()
    make_index().add_child(instance=page)
    publish(page)
    return page


def small_test(name: str, questions: int = 2) -> list[Raw]:
    return [
        decision(
            f"{name} {place}",
            [
                option(f"{name} {place} juste", Verdict.RIGHT),
                option(f"{name} {place} faux"),
            ],
        )
        for place in range(questions)
    ]


def make_module(
    *, lessons: int = 2, vignettes: Sequence[VignettePage] = (), **fields: Any
) -> ModulePage:
    """A published module with its lessons, a pre-test and a post-test of two questions each."""
    number = next(_number)
    defaults: dict[str, Any] = {
        "title": f"Les bases {number}",
        "slug": f"module-{number}",
        "lede": "Comprendre avant de traiter.",
        "minutes": 40,
        "lead": make_expert(),
    }
    page = ModulePage(**(defaults | fields))
    page.pretest, page.posttest = small_test(f"avant {number}"), small_test(f"après {number}")
    page.vignettes = [
        {"type": "vignette", "id": block_id(f"lien {v.pk}"), "value": v.pk} for v in vignettes
    ]
    make_index().add_child(instance=page)
    publish(page)
    for place in range(lessons):
        lesson = LessonPage(title=f"Leçon {place + 1}", slug=f"lecon-{place + 1}")
        lesson.body = [("paragraph", f"<p>Texte de la leçon {place + 1}.</p>")]
        page.add_child(instance=lesson)
        publish(lesson)
    return page
