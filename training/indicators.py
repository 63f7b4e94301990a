"""Indicators of training: their definitions (facts 1.16)."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from network.models.professional import PROFESSIONS
from portal.kit.indicators import Extract, Indicator, Span, Topic, Unit, Value, measured
from portal.kit.measures import during, people, ratio
from training.models.webinar import MODES
from training.selectors import extracts

ATTESTATIONS = Extract(
    "training.attestations",
    _("Attestations"),
    extracts.attestations,
    extracts.attestations_version,
)
SEATS = Extract("training.seats", _("Rencontres"), extracts.seats, extracts.seats_version)
ANSWERS = Extract("training.answers", _("Réponses"), extracts.answers, extracts.answers_version)
PROFESSION = _("profession")


@measured(
    ATTESTATIONS,
    Indicator(
        key="trained",
        topic=Topic.LEARNING,
        unit=Unit.COUNT,
        name=_("Professionnels formés"),
        question=_("Combien de personnes ont terminé un module\u202f?"),
        numerator=_("Personnes avec une attestation délivrée dans la période, chacune une fois."),
        period=_("Jour de l’attestation."),
        source=_("Attestations de formation, sauf révoquées."),
        caveat=_("La profession est celle de la fiche du réseau\u00a0; vide sans fiche."),
        by=PROFESSION,
        groups=PROFESSIONS,
    ),
)
def trained(rows: pd.DataFrame, span: Span) -> Value:
    return people(during(rows, span), "learner", by="profession")


@measured(
    SEATS,
    Indicator(
        key="webinar_attendance",
        topic=Topic.LEARNING,
        unit=Unit.SHARE,
        name=_("Présence aux webinaires et journées"),
        question=_("Les inscrits viennent-ils\u202f?"),
        numerator=_("Inscrits dont une présence est connue, quelle que soit sa durée."),
        denominator=_("Inscrits des rencontres dont les présences ont été relevées."),
        unknowns=_("Inscrits des rencontres sans aucun relevé de présence."),
        period=_("Jour de la rencontre."),
        source=_("Inscriptions\u00a0; relevés des plateformes et arrivées notées sur place."),
        by=_("façon d’assister"),
        groups=MODES,
    ),
)
def webinar_attendance(rows: pd.DataFrame, span: Span) -> Value:
    return ratio(during(rows, span), "attended", "noted", unknown="unnoted", by="mode")


@measured(
    ANSWERS,
    Indicator(
        key="right_answers",
        topic=Topic.LEARNING,
        unit=Unit.SHARE,
        name=_("Réponses justes aux cas, la première fois"),
        question=_("Que sait-on avant d’avoir vu la correction\u202f?"),
        numerator=_("Premières réponses entièrement justes."),
        denominator=_("Premières réponses données aux cas et aux tests."),
        period=_("Jour de la réponse."),
        source=_("Réponses des apprenants, jamais modifiées\u00a0; panels et retours exclus."),
        caveat=_(
            "Dit la difficulté des cas autant que le savoir\u00a0: d’autres cas, d’autres parts."
        ),
        by=PROFESSION,
        groups=PROFESSIONS,
    ),
)
def right_answers(rows: pd.DataFrame, span: Span) -> Value:
    return ratio(during(rows, span), "right", "answers", by="profession")
