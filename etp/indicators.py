"""Indicators of workshops: their definitions (facts 1.16)."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from etp.models.programme import THEMES
from etp.selectors import extracts
from portal.kit.indicators import Extract, Indicator, Span, Topic, Unit, Value, measured
from portal.kit.measures import during, ratio, total

SESSIONS = Extract("etp.sessions", _("Ateliers"), extracts.sessions, extracts.sessions_version)
SOURCE = _("Séances des ateliers, places et présences notées.")
DAY = _("Jour de la séance.")
SITE = _("lieu d’atelier")


@measured(
    SESSIONS,
    Indicator(
        key="sessions",
        topic=Topic.EDUCATION,
        unit=Unit.COUNT,
        name=_("Ateliers tenus"),
        question=_("Combien de séances ont eu lieu\u202f?"),
        numerator=_("Séances commencées et non annulées."),
        period=DAY,
        source=SOURCE,
        by=_("thème"),
        groups=THEMES,
        site=SITE,
        people=False,
    ),
)
def sessions(rows: pd.DataFrame, span: Span) -> Value:
    return total(during(rows, span), by="theme", site="site")


@measured(
    SESSIONS,
    Indicator(
        key="fill",
        topic=Topic.EDUCATION,
        unit=Unit.SHARE,
        name=_("Remplissage des ateliers"),
        question=_("Les places offertes sont-elles prises\u202f?"),
        numerator=_("Places gardées jusqu’à la séance, même par une personne absente ou excusée."),
        denominator=_("Places des séances tenues."),
        period=DAY,
        source=SOURCE,
        caveat=_("Une séance individuelle compte pour une place."),
        site=SITE,
        seats=True,
    ),
)
def fill(rows: pd.DataFrame, span: Span) -> Value:
    return ratio(during(rows, span), "seated", "capacity", site="site")


@measured(
    SESSIONS,
    Indicator(
        key="no_show",
        topic=Topic.EDUCATION,
        unit=Unit.SHARE,
        name=_("Absences aux ateliers"),
        question=_("Combien d’inscrits ne viennent pas\u202f?"),
        numerator=_("Inscrits notés absents, sans avoir prévenu."),
        denominator=_("Inscrits dont la présence est notée\u00a0: présents et absents."),
        unknowns=_("Inscrits dont la présence n’est pas encore notée."),
        period=DAY,
        source=SOURCE,
        caveat=_("Les personnes excusées ou qui ont annulé n’y sont pas."),
        by=_("thème"),
        groups=THEMES,
        site=SITE,
    ),
)
def no_show(rows: pd.DataFrame, span: Span) -> Value:
    found = during(rows, span)
    return ratio(found, "absent", "noted", unknown="unnoted", by="theme", site="site")
