"""A signed evaluation as an accessible document: the summary, and the letter that carries it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Evaluation, LiaisonLetter, Patient, Professional
from network.selectors.evaluations import PART_TITLES, changes
from portal.kit import words
from portal.kit.pdf import write_pdf

DOCUMENT = "network/documents/sheet.typ"


def summary_pdf(sheet: Evaluation) -> bytes:
    """The summary alone, dated the day of its signature. Raises ValueError for a draft."""
    day = _signed_on(sheet)
    return write_pdf(DOCUMENT, _content(sheet, day) | {"to": [], "opening": ""}, dated=day)


def letter_pdf(letter: LiaisonLetter, sheet: Evaluation) -> bytes:
    """The liaison letter to the treating doctor, dated the day it was prepared."""
    content = _content(sheet, letter.prepared_on) | {
        "to": _addressee(letter.to),
        "opening": _("Docteur,") if letter.to else _("Madame, Monsieur,"),
    }
    return write_pdf(DOCUMENT, content, dated=letter.prepared_on)


def _content(sheet: Evaluation, day: date) -> dict[str, Any]:
    patient = sheet.patient
    return {
        "heading": sheet.title,
        "sender": [_("Réseau de la douleur, coordination"), settings.SECRETARIAT_PHONE],
        "day": words.capitalise(words.long_day(day)),
        "about": _about(patient),
        "introduction": _("%(name)s a été vu(e) en consultation le %(day)s par %(doctor)s.")
        % {
            "name": patient.civil_name,
            "day": words.plain_day(sheet.held_on),
            "doctor": sheet.doctor,
        },
        "changed": _changed(sheet),
        "sections": list(_sections(sheet)),
        "orientations": [_orientation(each) for each in sheet.orientations.all()],
        "addenda": [
            {
                "title": _("Complément du %(day)s")
                % {"day": words.plain_day(timezone.localdate(each.at))},
                "text": words.typeset(each.words),
            }
            for each in sheet.addenda.all()
        ],
        "signed": _("Signé par %(doctor)s, le %(day)s")
        % {"doctor": sheet.doctor, "day": words.plain_day(_signed_on(sheet))},
        "words": {"changed": _("Ce qui a changé"), "orientations": _("Orientation")},
    }


def _signed_on(sheet: Evaluation) -> date:
    if sheet.signed_at is None:
        raise ValueError("the sheet is not signed")
    return timezone.localdate(sheet.signed_at)


def _about(patient: Patient) -> str:
    return _("%(name)s, %(born)s le %(day)s") % {
        "name": patient.formal_name,
        "born": _("née") if patient.sex == "F" else _("né"),
        "day": words.plain_day(patient.birth_date),
    }


def _changed(sheet: Evaluation) -> list[str]:
    before = sheet.compared_with
    return list(changes(before, sheet).sentences) if before else []


def _sections(sheet: Evaluation) -> Iterator[dict[str, str]]:
    if sheet.intensity is not None:
        text = _("%(n)s sur 10 en moyenne, ces 7 derniers jours.") % {"n": sheet.intensity}
        yield {"title": _("Intensité"), "text": text}
    for name, title in PART_TITLES.items():
        if text := getattr(sheet, name):
            yield {"title": str(title), "text": words.typeset(text)}


def _orientation(orientation: Any) -> str:
    if orientation.words:
        return f"{orientation.name}{words.NBSP}: {words.typeset(orientation.words)}"
    return str(orientation.name)


def _addressee(doctor: Professional | None) -> list[str]:
    if doctor is None:
        return [_("Au médecin traitant")]
    town = f"{doctor.postcode} {doctor.city}".strip()
    return [each for each in (str(doctor), doctor.practice, town) if each]
