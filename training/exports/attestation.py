"""The attestation as a document: one accessible page, with its code and a QR to verify it."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kit import words
from portal.kit.links import absolute
from portal.kit.pdf import qr_code, write_pdf
from training.enums import Axis, Mode
from training.models import Attestation
from training.models.catalogue import AXES, NATURES
from training.models.replay import REPLAY

HOUR = 60  # minutes


def attestation_pdf(attestation: Attestation) -> bytes:
    """The document, from what was copied when it was issued. The same bytes at each download."""
    facts = attestation.facts
    address = absolute(reverse("training:verify_attestation", args=[attestation.code]))
    learner, body = facts["learner"], facts["body"]
    return write_pdf(
        "training/documents/attestation.typ",
        {
            "heading": _("Attestation de formation"),
            "title": words.typeset(facts["title"]),
            "certifies": _("%(body)s certifie que") % {"body": body["name"]},
            "name": learner["name"],
            "profession": learner["profession"],
            "rpps": learner["rpps"],
            "followed": _followed(facts),
            "facts": _lines(attestation),
            "objectives": [words.typeset(each) for each in facts["objectives"]],
            "score": _scores(facts["scores"]),
            "lead": facts["lead"] | {"interests": words.typeset(facts["lead"]["interests"])},
            "body": {"name": body["name"], "signatory": body["signatory"], "lines": _body(facts)},
            "signed": _("Délivrée le %(day)s par")
            % {"day": words.plain_day(attestation.issued_on)},
            "validity": _("Valable jusqu’au %(day)s. Code %(code)s")
            % {"day": words.plain_day(attestation.last_day), "code": attestation.code},
            "address": address,
            "qr": qr_code(address),
            "words": {
                "objectives": _("Objectifs"),
                "score": _("Résultats, imprimés avec l’accord de la personne"),
                "lead": _("Responsable scientifique"),
                "interests": _("Liens d’intérêts déclarés\u00a0:"),
                "verify": _("N’importe qui peut vérifier cette attestation\u00a0:"),
                "qr": _("Code QR qui mène à la page de vérification"),
            },
        },
        dated=attestation.issued_on,
    )


def file_name(attestation: Attestation) -> str:
    """Without the person and without the theme: files travel."""
    return f"attestation-{str(attestation.code)[:8]}.pdf"


def hours(minutes: int) -> str:
    """« 1 h 05 », « 45 min »."""
    whole, rest = divmod(minutes, HOUR)
    if not whole:
        return f"{rest}{words.NBSP}min"
    return f"{whole}{words.NBSP}h{words.NBSP}{rest:02d}" if rest else f"{whole}{words.NBSP}h"


def _lines(attestation: Attestation) -> list[dict[str, str]]:
    facts = attestation.facts
    started, completed = (
        words.plain_day(date.fromisoformat(facts[name])) for name in ("started_on", "completed_on")
    )
    live = facts["live_minutes"]
    lines = {
        **_renewal(facts),
        _("Dates"): started
        if started == completed
        else _("du %(first)s au %(last)s") % {"first": started, "last": completed},
        _("Temps de connexion"): _("%(all)s, dont %(live)s en direct et %(alone)s en autonomie")
        % {
            "all": hours(attestation.minutes),
            "live": hours(live),
            "alone": hours(attestation.minutes - live),
        },
        _("Durée prévue"): hours(facts["planned_minutes"]),
        _("Nature de l’action"): str(dict(NATURES)[facts["nature"]]).capitalize(),
        _("Méthode"): _method(facts),
        _("Format"): _format(facts),
        _("Axe de certification"): str(AXES[Axis(facts["axis"])]),
        **_numbers(facts),
    }
    return [{"label": label, "value": value} for label, value in lines.items()]


def _renewal(facts: dict[str, Any]) -> dict[str, str]:
    if "renews" not in facts:
        return {}
    day = words.plain_day(date.fromisoformat(facts["renews"]))
    return {_("Renouvellement"): _("de l’attestation du %(day)s, par le test final") % {"day": day}}


def _numbers(facts: dict[str, Any]) -> dict[str, str]:
    """The word DPC needs both numbers: the body's and the action's."""
    action, session = facts["action_number"], facts["session_number"]
    numbers = {}
    if action:
        numbers[_("Action de DPC") if speaks_of_dpc(facts) else _("Numéro d’action")] = action
    if session:
        numbers[_("Numéro de session")] = session
    return numbers


def speaks_of_dpc(facts: dict[str, Any]) -> bool:
    return bool(facts["body"]["odpc"] and facts["action_number"])


def _body(facts: dict[str, Any]) -> list[str]:
    body = facts["body"]
    lines = [body["address"]]
    if body["declaration"]:
        lines.append(_("Déclaration d’activité n° %(number)s") % {"number": body["declaration"]})
    if body["qualiopi"]:
        lines.append(_("Certificat Qualiopi %(number)s") % {"number": body["qualiopi"]})
    if speaks_of_dpc(facts):
        lines.append(_("Organisme de DPC n° %(number)s") % {"number": body["odpc"]})
    return [line for line in lines if line]


def _followed(facts: dict[str, Any]) -> str:
    if facts.get("meeting") == REPLAY:
        return _("a suivi l’enregistrement de la rencontre")
    if "meeting" in facts:
        return _("a participé à la rencontre")
    return _("a suivi en entier la formation")


def _format(facts: dict[str, Any]) -> str:
    if "meeting" not in facts:
        return _("À distance, en autonomie, réponses corrigées par le serveur")
    if facts["meeting"] == REPLAY:
        return _("À distance, en différé")
    return _("Sur place") if facts["meeting"] == Mode.ON_SITE else _("À distance, en direct")


def _method(facts: dict[str, Any]) -> str:
    if facts.get("meeting") == REPLAY:
        return _("Exposé enregistré, secondes vues comptées par le serveur")
    if "meeting" in facts:
        return _("Exposé et échanges en direct")
    parts = []
    if facts["vignettes"]:
        parts.append(
            ngettext("%(n)s vignette clinique", "%(n)s vignettes cliniques", facts["vignettes"])
            % {"n": facts["vignettes"]}
        )
    if facts["lessons"]:
        parts.append(
            ngettext("%(n)s leçon", "%(n)s leçons", facts["lessons"]) % {"n": facts["lessons"]}
        )
    if facts["tests"]:
        parts.append(ngettext("un test", "test de départ et test final", facts["tests"]))
    return words.capitalise(", ".join(parts))


def _scores(scores: dict[str, int]) -> list[str]:
    labels = {"pre": _("Test de départ"), "post": _("Test final, meilleur essai")}
    return [
        f"{label}{words.NBSP}: {scores[name]}{words.NBSP}%"
        for name, label in labels.items()
        if name in scores
    ]
