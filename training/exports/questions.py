"""The list of questions as a spreadsheet, and a case's statistics as one page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.kit.pdf import write_pdf
from portal.kit.words import number, plain_day, typeset
from training.enums import Part, Topic
from training.models import CaseVersion, ItemVersion
from training.models.versions import PARTS, TOPICS
from training.rules.statistics import FEWEST
from training.selectors.sheets import Told, flag_names


def question_frame(rows: Iterable[Any]) -> pd.DataFrame:
    """One row a question of the list; figures from 0 to 1, empty under twenty answers."""
    return pd.DataFrame(
        [
            {
                _("Cas"): row.case.title,
                _("Partie"): str(PARTS[Part(row.case.part)]),
                _("Thème"): str(TOPICS[Topic(row.item.topic)]),
                _("Question"): row.item.decision.stem,
                _("Version"): row.item.number,
                _("Réponses"): row.answers,
                _("Facilité"): row.facility,
                _("Discrimination"): row.discrimination,
                _("À revoir"): ", ".join(str(name) for name in flag_names(row.flags)),
            }
            for row in rows
        ]
    )


def case_pdf(
    case: CaseVersion, told: list[tuple[ItemVersion, Told]], *, counted_at: datetime
) -> bytes:
    """What is asked today in a case or a test, on one page, among all professions."""
    day = timezone.localdate(counted_at)
    kind = PARTS[Part(case.part)]
    return write_pdf(
        "training/documents/statistics.typ",
        {
            "title": typeset(case.title),
            "kind": _("Statistiques des questions"),
            "about": _("%(kind)s, %(topic)s, version %(number)s publiée le %(day)s")
            % {
                "kind": str(kind).capitalize(),
                "topic": TOPICS[Topic(case.topic)],
                "number": case.number,
                "day": plain_day(timezone.localdate(case.published_at)),
            },
            "dated_words": _("Réponses au %(day)s. Premières réponses des apprenants.")
            % {"day": plain_day(day)},
            "questions": [
                _question(rank, item, each) for rank, (item, each) in enumerate(told, start=1)
            ],
            "words": {
                "nothing": _("Aucune question."),
                "expected": _("attendue"),
                "reading": _(
                    "Facilité\u00a0: crédit moyen. Discrimination\u00a0: corrélation avec le reste"
                    " du parcours, de −1 à 1. Écart de certitude\u00a0: au-dessus de zéro, on se"
                    " croit plus sûr qu’on n’a raison. Intervalles à 95\u00a0%."
                ),
            },
        },
        dated=day,
    )


def _question(rank: int, item: ItemVersion, told: Told) -> dict[str, Any]:
    data: dict[str, Any] = {
        "stem": f"{rank}. {typeset(item.decision.stem)}",
        "answers": _("%(n)s réponses") % {"n": number(told.answers)},
        "lines": [],
        "options": [],
        "flags": [],
        "hidden": "",
    }
    if not told.facility:
        data["hidden"] = _("Moins de %(fewest)s réponses\u00a0: rien n’est montré.") % {
            "fewest": FEWEST
        }
        return data
    lines = {
        _("Facilité"): f"{told.facility.figure} ({told.facility.interval})",
        _("Discrimination"): told.untold
        if not told.discrimination
        else f"{told.discrimination.figure} ({told.discrimination.interval})",
        _("Temps médian"): f"{told.time} ({told.quartiles})",
        _("Écart de certitude"): told.gap,
    }
    return data | {
        "lines": [list(pair) for pair in lines.items()],
        "flags": [str(flag) for flag in told.flags],
        "options": [
            {
                "label": line.label,
                "credited": line.credited,
                "percent": line.percent,
                "people": line.people,
                "flags": [str(flag) for flag in line.flags],
            }
            for line in told.options
        ],
    }
