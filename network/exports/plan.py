"""The care plan as an accessible document, to print or to hand over."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import PlanVersion
from network.models.plan import ACTION_STATUSES
from network.rules.plan import Action, Plan
from portal.kit import words
from portal.kit.pdf import write_pdf


def plan_pdf(version: PlanVersion) -> bytes:
    """The document of a signed version, dated the day of its signature. Raises ValueError before.

    The version comes with all that it says (`selectors.plans.version_of`).
    """
    if version.signed_at is None:
        raise ValueError("the plan is not signed")
    patient, plan = version.patient, version.values
    signed_on = timezone.localdate(version.signed_at)
    return write_pdf(
        "network/documents/plan.typ",
        {
            "heading": _("Plan personnalisé de soins"),
            "sender": [_("Coordination du réseau"), settings.SECRETARIAT_PHONE],
            "about": _("%(name)s, %(born)s le %(day)s")
            % {
                "name": patient.formal_name,
                "born": _("née") if patient.sex == "F" else _("né"),
                "day": words.plain_day(patient.birth_date),
            },
            "version": _("Version %(number)s, signée le %(day)s par %(who)s")
            % {
                "number": version.number,
                "day": words.plain_day(signed_on),
                "who": version.signed_by,
            },
            "cause": _cause(version),
            "agreement": _agreement(version),
            "texts": [each for each in _texts(plan) if each["text"]],
            "problems": [
                {
                    "words": words.typeset(problem.words),
                    "objectives": [
                        {
                            "words": words.typeset(objective.words),
                            "actions": [_line(each) for each in objective.actions],
                        }
                        for objective in problem.objectives
                    ],
                }
                for problem in plan.problems
            ],
            "words": {
                "what": _("Action"),
                "who": _("Qui"),
                "when": _("Échéance"),
                "status": _("Où en est-on"),
                "objective": _("Objectif\u00a0:"),
                "nothing": _("aucune action"),
            },
        },
        dated=signed_on,
    )


def file_name(version: PlanVersion) -> str:
    """Neither the person nor what it is about: files travel."""
    return f"document-{version.pk}.pdf"


def _cause(version: PlanVersion) -> str:
    if version.rcp_file is None:
        return ""
    return _("À la suite de la RCP du %(day)s.") % {
        "day": words.plain_day(version.rcp_file.held_on)
    }


def _agreement(version: PlanVersion) -> str:
    given = version.agreed
    if given is None:
        return _("L’accord de la personne n’est pas encore noté.")
    return _("Accord de la personne donné le %(day)s (%(how)s).") % {
        "day": words.plain_day(given.given_on),
        "how": given.how,
    }


def _texts(plan: Plan) -> list[dict[str, str]]:
    review = words.plain_day(plan.review_on) if plan.review_on else ""
    pairs = (
        (_("Ce qui compte pour la personne"), words.typeset(plan.priorities)),
        (_("Ses préférences"), words.typeset(plan.preferences)),
        (_("En cas d’alerte"), words.typeset(plan.alert)),
        (_("Référent"), plan.referent.name),
        (_("Plan à revoir le"), review),
    )
    return [{"label": label, "text": text} for label, text in pairs]


def _line(action: Action) -> dict[str, Any]:
    status = str(ACTION_STATUSES[action.status])
    return {
        "what": words.typeset(action.what),
        "who": action.who.name,
        "when": words.plain_day(action.due_on) if action.due_on else "—",
        "status": f"{status}{words.NBSP}: {words.typeset(action.why)}" if action.why else status,
    }
