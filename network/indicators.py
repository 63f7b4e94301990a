"""Indicators of the pathway and of case reviews: their definitions (facts 1.16)."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from network.models.rcp_minutes import PROPOSALS
from network.models.structure import DEPARTMENTS
from network.selectors import extracts
from portal.kit.indicators import Extract, Indicator, Span, Topic, Unit, Value, measured
from portal.kit.measures import during, people, ratio, total, waits

PLACES = {code: f"{name} ({code})" for code, name in DEPARTMENTS.items()}
DEPARTMENT = _("département du patient")
SITE = _("site de consultation")
PATHWAY = _("Étapes du parcours, écrites à chaque décision.")
REVIEWS = _("Dossiers et comptes rendus de RCP.")

DECISIONS = Extract(
    "network.decisions", _("Décisions"), extracts.decisions, extracts.pathway_version
)
FOLLOW_UPS = Extract(
    "network.follow_ups", _("Suivis"), extracts.follow_ups, extracts.pathway_version
)
EVALUATIONS = Extract(
    "network.evaluations", _("Évaluations"), extracts.evaluations, extracts.evaluations_version
)
VISITS = Extract("network.visits", _("Consultations"), extracts.visits, extracts.visits_version)
READINGS = Extract(
    "network.readings", _("Attentes des structures"), extracts.readings, extracts.readings_version
)
MEETINGS = Extract("network.meetings", _("RCP"), extracts.meetings, extracts.reviews_version)
FILES = Extract("network.files", _("Dossiers de RCP"), extracts.files, extracts.reviews_version)
PROPOSED = Extract(
    "network.proposals", _("Propositions de RCP"), extracts.proposals, extracts.reviews_version
)


@measured(
    FOLLOW_UPS,
    Indicator(
        key="inclusions",
        topic=Topic.CARE,
        unit=Unit.COUNT,
        name=_("Inclusions"),
        question=_("Combien de suivis commencent\u202f?"),
        numerator=_("Inclusions décidées, y compris celles de patients inclus une nouvelle fois."),
        period=_("Jour de l’inclusion, tel que corrigé s’il l’a été."),
        source=PATHWAY,
        caveat=_("Le département est celui d’aujourd’hui\u00a0: un déménagement le change."),
        by=DEPARTMENT,
        groups=PLACES,
    ),
)
def inclusions(rows: pd.DataFrame, span: Span) -> Value:
    return total(during(rows, span), by="department")


@measured(
    DECISIONS,
    Indicator(
        key="decided_in_time",
        topic=Topic.CARE,
        unit=Unit.SHARE,
        name=_("Réponses dans les 15\u00a0jours"),
        question=_("Le réseau répond-il à temps\u202f?"),
        numerator=_("Décisions prises quinze jours au plus après le dossier complet."),
        denominator=_("Décisions sur un dossier complet\u00a0: incluses, réorientées, refusées."),
        unknowns=_(
            "Décisions prises sans attendre le dossier complet\u00a0: elles n’ont pas de délai."
        ),
        period=_("Jour de la décision."),
        source=PATHWAY,
        caveat=_(
            "Jours calendaires. Une pièce redemandée arrête le compte, qui repart à son retour."
        ),
        by=DEPARTMENT,
        groups=PLACES,
    ),
)
def decided_in_time(rows: pd.DataFrame, span: Span) -> Value:
    return ratio(during(rows, span), "in_time", "timed", unknown="untimed", by="department")


@measured(
    DECISIONS,
    Indicator(
        key="wait_decision",
        topic=Topic.CARE,
        unit=Unit.DAYS,
        name=_("Attente d’une réponse"),
        question=_("Combien de temps attend-on la décision\u202f?"),
        numerator=_("Jours du dossier complet à la décision\u00a0: médiane, et neuvième décile."),
        unknowns=_("Décisions prises sans attendre le dossier complet."),
        period=_("Jour de la décision."),
        source=PATHWAY,
        caveat=_(
            "Les demandes encore sans réponse n’y sont pas\u00a0: elles attendent peut-être plus."
        ),
        by=DEPARTMENT,
        groups=PLACES,
    ),
)
def wait_decision(rows: pd.DataFrame, span: Span) -> Value:
    return waits(during(rows, span), "days", by="department")


@measured(
    FOLLOW_UPS,
    Indicator(
        key="wait_evaluation",
        topic=Topic.CARE,
        unit=Unit.DAYS,
        name=_("Attente de la première consultation (CEO)"),
        question=_("Combien de temps de l’inclusion à la CEO\u202f?"),
        numerator=_("Jours de l’inclusion à la première CEO\u00a0: médiane, et neuvième décile."),
        period=_("Jour de la CEO."),
        source=PATHWAY,
        caveat=_(
            "Les patients qui attendent encore leur CEO n’y sont pas. Le site est celui du"
            " rendez-vous\u00a0: inconnu pour une CEO tenue sans rendez-vous pris ici."
        ),
        by=DEPARTMENT,
        groups=PLACES,
        site=SITE,
    ),
)
def wait_evaluation(rows: pd.DataFrame, span: Span) -> Value:
    return waits(during(rows, span, "seen_on"), "days", by="department", site="site")


@measured(
    EVALUATIONS,
    Indicator(
        key="evaluations",
        topic=Topic.CARE,
        unit=Unit.COUNT,
        name=_("Consultations d’évaluation (CEO)"),
        question=_("Combien d’évaluations les sites tiennent-ils\u202f?"),
        numerator=_("CEO dont la synthèse est signée. Les réévaluations n’y sont pas."),
        period=_("Jour de la consultation."),
        source=_("Synthèses signées, et le rendez-vous où chacune a été faite."),
        caveat=_("Le site est inconnu pour une CEO tenue sans rendez-vous pris ici."),
        site=SITE,
    ),
)
def evaluations(rows: pd.DataFrame, span: Span) -> Value:
    return total(during(rows, span), site="site")


@measured(
    FOLLOW_UPS,
    Indicator(
        key="active",
        topic=Topic.CARE,
        unit=Unit.COUNT,
        name=_("File active"),
        question=_("Combien de patients le réseau suit-il\u202f?"),
        numerator=_("Patients avec un jour de suivi au moins dans la période, chacun une fois."),
        period=_("Tous les jours du suivi, de l’inclusion à la sortie."),
        source=PATHWAY,
        caveat=_(
            "Un suivi dont la sortie n’est pas notée dure encore. Les trimestres ne s’ajoutent pas."
        ),
        by=DEPARTMENT,
        groups=PLACES,
    ),
)
def active(rows: pd.DataFrame, span: Span) -> Value:
    begun = rows[rows["on"] <= pd.Timestamp(span.last)]
    over = begun["left_on"] <= pd.Timestamp(span.first)
    return people(begun[~over], "patient", by="department")


@measured(
    VISITS,
    Indicator(
        key="outflow",
        topic=Topic.CARE,
        unit=Unit.SHARE,
        name=_("Consultations hors du département"),
        question=_("Faut-il sortir de son département pour être évalué\u202f?"),
        numerator=_("CEO tenues sur un site d’un autre département que celui du patient."),
        denominator=_("CEO tenues dont les deux départements sont connus."),
        unknowns=_("CEO d’un patient sans code postal."),
        period=_("Jour de la consultation."),
        source=_("Rendez-vous d’évaluation pris sur un créneau."),
        caveat=_(
            "Ce n’est pas le taux de fuite des publications\u00a0: le portail voit les"
            " consultations du réseau, pas les séjours ni les soins donnés ailleurs (PMSI)."
        ),
        by=DEPARTMENT,
        groups=PLACES,
        site=SITE,
    ),
)
def outflow(rows: pd.DataFrame, span: Span) -> Value:
    found = during(rows, span)
    return ratio(found, "away", "known", unknown="unknown", by="department", site="site")


@measured(
    READINGS,
    Indicator(
        key="structure_waits",
        topic=Topic.CARE,
        unit=Unit.WEEKS,
        name=_("Attente dans les structures de la douleur"),
        question=_("Combien de temps avant un premier rendez-vous\u202f?"),
        numerator=_(
            "Dernière attente connue de chaque structure\u00a0: médiane, et neuvième décile."
        ),
        period=_("Dernier relevé fait jusqu’à la fin de la période."),
        source=_("Annuaire\u00a0: attentes dites par les structures, mesurées ou rapportées."),
        caveat=_("Un relevé peut être ancien\u00a0: sa date est sur la fiche de la structure."),
        site=_("structure"),
        people=False,
    ),
)
def structure_waits(rows: pd.DataFrame, span: Span) -> Value:
    known = rows[rows["on"] <= pd.Timestamp(span.last)]
    return waits(known.drop_duplicates("structure", keep="last"), "weeks", site="structure")


@measured(
    MEETINGS,
    Indicator(
        key="reviews",
        topic=Topic.REVIEWS,
        unit=Unit.COUNT,
        name=_("RCP tenues"),
        question=_("Combien de réunions de concertation\u202f?"),
        numerator=_("Réunions tenues\u202f; ni prévues, ni annulées."),
        period=_("Jour de la réunion."),
        source=REVIEWS,
        people=False,
    ),
)
def reviews(rows: pd.DataFrame, span: Span) -> Value:
    return total(during(rows, span))


@measured(
    FILES,
    Indicator(
        key="review_files",
        topic=Topic.REVIEWS,
        unit=Unit.COUNT,
        name=_("Dossiers discutés en RCP"),
        question=_("Combien de situations ont été discutées\u202f?"),
        numerator=_("Dossiers des réunions tenues\u202f; un patient revu compte chaque fois."),
        period=_("Jour de la réunion."),
        source=REVIEWS,
    ),
)
def review_files(rows: pd.DataFrame, span: Span) -> Value:
    return total(during(rows, span))


@measured(
    PROPOSED,
    Indicator(
        key="proposals_done",
        topic=Topic.REVIEWS,
        unit=Unit.SHARE,
        name=_("Propositions de RCP réalisées"),
        question=_("Ce que les RCP proposent se fait-il\u202f?"),
        numerator=_("Propositions notées faites."),
        denominator=_(
            "Propositions dont l’issue est connue\u00a0: faites, pas faites, abandonnées."
        ),
        unknowns=_("Propositions dont l’issue n’est pas encore notée."),
        period=_("Jour de la réunion qui a proposé."),
        source=REVIEWS,
        caveat=_("Les dernières RCP ont encore beaucoup d’issues inconnues."),
        by=_("proposition"),
        groups=PROPOSALS,
    ),
)
def proposals_done(rows: pd.DataFrame, span: Span) -> Value:
    return ratio(during(rows, span), "done", "closed", unknown="pending", by="kind")


@measured(
    FILES,
    Indicator(
        key="job_retention",
        topic=Topic.REVIEWS,
        unit=Unit.SHARE,
        name=_("Maintien dans l’emploi à six mois"),
        question=_("Qui avait un emploi travaille-t-il six mois après la RCP\u202f?"),
        numerator=_("Au travail six mois après la RCP."),
        denominator=_(
            "Au travail ou en arrêt le jour de la RCP, et dont la situation six mois après"
            " est connue."
        ),
        unknowns=_(
            "Au travail ou en arrêt le jour de la RCP, et dont la situation n’est pas"
            " connue six mois après."
        ),
        period=_("Six mois après la réunion."),
        source=REVIEWS,
        caveat=_(
            "Sans groupe de comparaison, ce chiffre ne dit pas l’effet de la RCP. Les publications"
            " ne donnent pas leur dénominateur\u00a0: il ne se compare pas à elles."
        ),
    ),
)
def job_retention(rows: pd.DataFrame, span: Span) -> Value:
    return ratio(during(rows, span, "asked_on"), "working", "told", unknown="untold")
