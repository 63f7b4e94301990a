"""The letter of an evaluation to the treating doctor: one accessible document, to print."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from etp.models import Evaluation, Place
from etp.selectors.evaluations import Progress, attended_of, progress_of
from network.models import Professional
from portal.kit import words
from portal.kit.pdf import write_pdf


def letter_pdf(evaluation: Evaluation, doctor: Professional | None) -> bytes:
    """The document, dated the day it was prepared. Raises ValueError before that day."""
    if evaluation.letter_on is None:
        raise ValueError("the letter is not prepared")
    sheet, patient = evaluation.assessment, evaluation.assessment.patient
    return write_pdf(
        "etp/documents/letter.typ",
        {
            "heading": _("Évaluation du programme d’éducation thérapeutique"),
            "sender": [_("Coordination du réseau"), settings.SECRETARIAT_PHONE],
            "to": _addressee(doctor),
            "day": words.capitalise(words.long_day(evaluation.letter_on)),
            "about": _("%(name)s, %(born)s le %(day)s")
            % {
                "name": patient.formal_name,
                "born": _("née") if patient.sex == "F" else _("né"),
                "day": words.plain_day(patient.birth_date),
            },
            "opening": _("Docteur,") if doctor else _("Madame, Monsieur,"),
            "introduction": _(
                "%(name)s a suivi le programme après le bilan éducatif partagé du %(day)s. "
                "Voici ce qui ressort de l’évaluation faite avec elle ou lui le %(held)s."
            )
            % {
                "name": patient.civil_name,
                "day": words.plain_day(sheet.held_on),
                "held": words.plain_day(evaluation.held_on),
            },
            "objectives": [_aim(each) for each in progress_of(sheet)],
            "sessions": [_line(each) for each in attended_of(sheet, evaluation.held_on)],
            "summary": words.typeset(evaluation.summary),
            "next": words.typeset(evaluation.next_steps),
            "signed": str(evaluation.led_by),
            "closing": _("La coordination reste à votre disposition."),
            "words": {
                "objectives": _("Objectifs de la personne"),
                "sessions": _("Ateliers suivis"),
                "summary": _("Ce qui a changé"),
                "next": _("Suite proposée"),
                "nothing": _("aucun"),
            },
        },
        dated=evaluation.letter_on,
    )


def file_name(evaluation: Evaluation) -> str:
    """Neither the person nor what it is about: files travel."""
    return f"courrier-{evaluation.pk}.pdf"


def _addressee(doctor: Professional | None) -> list[str]:
    if doctor is None:
        return [_("Au médecin traitant")]
    town = f"{doctor.postcode} {doctor.city}".strip()
    return [each for each in (str(doctor), doctor.practice, town) if each]


def _aim(progress: Progress) -> dict[str, str]:
    if progress.first is None:
        marks = _("non évalué")
    elif progress.first == progress.last:
        marks = _("%(n)s sur 10") % {"n": progress.last}
    else:
        marks = _("de %(first)s à %(last)s sur 10") % {
            "first": progress.first,
            "last": progress.last,
        }
    return {"words": words.typeset(progress.objective.words), "marks": marks}


def _line(place: Place) -> str:
    day = words.plain_day(timezone.localdate(place.session.starts_at))
    return f"{words.typeset(place.session.workshop.title)}, {day}"
