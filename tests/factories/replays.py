"""Recordings for tests: bytes that are like a film, with captions."""

import io
from datetime import timedelta
from typing import Any

from portal.kit import clock
from tests.factories.network import make_user
from training.actions.replays import Media, keep_questions, keep_replay, publish_replay
from training.enums import MediaKind
from training.models import Meeting, Replay, ReplayQuestion
from training.rules.asking import Choice, Question
from training.selectors.replays import asked_of, version_of

FILM = b"\x1a\x45\xdf\xa3" + b"\x00" * 10 + b"webm" + bytes(range(256)) * 20
CUES = [
    (0, 4000, "Bonsoir à tous.", "Une infirmière"),
    (4000, 30_000, "La fatigue dure des mois,", ""),
    (30_000, 62_500, "et l’effort l’aggrave.", ""),
    (62_500, 99_500, "On traite d’abord le sommeil.", "Un médecin"),
]


def make_replay(
    meeting: Meeting,
    *,
    film: bytes = FILM,
    cues: list[tuple[int, int, str, str]] | None = None,
    published: bool = True,
) -> Replay:
    """A hundred seconds in two chapters, published unless told otherwise."""
    editor = make_user()
    now = clock.now() - timedelta(minutes=1)
    replay = keep_replay(
        meeting=meeting,
        media=Media(io.BytesIO(film), MediaKind.WEBM),
        cues=cues or CUES,
        chapters=[(0, "Repérer"), (60, "Traiter")],
        by=editor,
        now=now,
    )
    return publish_replay(meeting=meeting, by=editor, now=now) if published else replay


def make_question(replay: Replay, **fields: Any) -> ReplayQuestion:
    """At the tenth second, the first of two options is right."""
    defaults: dict[str, Any] = {
        "second": 10,
        "stem": "Que traite-t-on d’abord\u202f?",
        "choices": [("Le sommeil", True, "Oui, toujours."), ("Le stress", False, "Plus tard.")],
        "explanation": "Le sommeil commande le reste.",
        "by": make_user(),
        "now": clock.now(),
    }
    told = defaults | fields
    by, now = told.pop("by"), told.pop("now")
    asked = asked_of(replay)
    wanted = Question(**told | {"choices": tuple(Choice(*each) for each in told["choices"])})
    keep_questions(
        replay=replay,
        questions=[*(each.question for each in asked), wanted],
        known=version_of(asked),
        by=by,
        now=now,
    )
    made: ReplayQuestion = replay.questions.get(second=wanted.second, withdrawn_at=None)
    return made
