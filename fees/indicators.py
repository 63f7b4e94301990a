"""Indicators of derogatory acts and of the envelope: their definitions (facts 1.16)."""

import pandas as pd
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from fees.enums import Reason
from fees.models.schedule import KINDS
from fees.selectors import extracts
from fees.wording import title
from portal.kit.indicators import Extract, Indicator, Span, Topic, Unit, Value, measured
from portal.kit.measures import during, ratio, total

ACTS = Extract("fees.acts", _("Actes"), extracts.acts, extracts.acts_version)
ENVELOPES = Extract(
    "fees.envelopes", _("Enveloppes"), extracts.envelopes, extracts.envelopes_version
)
DAY = _("Jour de l’acte.")
SOURCE = _("Actes notés par les professionnels, et décisions des règles.")
KIND = _("nature d’acte")
REASONS = {reason: lazy(title, str)(reason) for reason in Reason}


@measured(
    ACTS,
    Indicator(
        key="acts",
        topic=Topic.MONEY,
        unit=Unit.COUNT,
        name=_("Actes dérogatoires"),
        question=_("Combien d’actes ont été faits\u202f?"),
        numerator=_("Actes acceptés, du jour où ils sont soumis jusqu’au paiement."),
        period=DAY,
        source=SOURCE,
        caveat=_("Ni les brouillons, ni les actes annulés, extournés ou à arbitrer."),
        by=KIND,
        groups=KINDS,
    ),
)
def acts(rows: pd.DataFrame, span: Span) -> Value:
    return total(during(rows, span), "live", by="kind")


@measured(
    ACTS,
    Indicator(
        key="euros",
        topic=Topic.MONEY,
        unit=Unit.EUROS,
        name=_("Euros engagés"),
        question=_("Que coûtent les actes\u202f?"),
        numerator=_("Montant des actes validés, en paiement ou payés."),
        period=DAY,
        source=SOURCE,
        caveat=_(
            "Le montant est celui du barème le jour de l’acte. Les sommes à récupérer n’y sont pas."
        ),
        by=KIND,
        groups=KINDS,
        people=False,
    ),
)
def euros(rows: pd.DataFrame, span: Span) -> Value:
    return total(during(rows, span), "cents", by="kind")


@measured(
    ENVELOPES,
    Indicator(
        key="envelope",
        topic=Topic.MONEY,
        unit=Unit.BUDGET,
        name=_("Enveloppe engagée"),
        question=_("Que reste-t-il de ce que l’agence a accordé\u202f?"),
        numerator=_("Euros engagés sur l’enveloppe de l’année."),
        denominator=_("Euros accordés par l’agence pour l’année."),
        period=_("Année civile de l’acte\u00a0; un trimestre montre l’enveloppe de son année."),
        source=_("Écritures comptables, jamais modifiées."),
        people=False,
    ),
)
def envelope(rows: pd.DataFrame, span: Span) -> Value:
    return ratio(rows[rows["year"] == span.year], "committed", "granted")


@measured(
    ACTS,
    Indicator(
        key="refusals",
        topic=Topic.MONEY,
        unit=Unit.SHARE,
        name=_("Actes refusés"),
        question=_("Pourquoi des actes ne sont-ils pas payables\u202f?"),
        numerator=_("Actes refusés."),
        denominator=_("Actes décidés\u00a0: acceptés ou refusés."),
        unknowns=_("Actes à arbitrer."),
        period=DAY,
        source=SOURCE,
        caveat=_(
            "Un acte refusé pour deux motifs compte dans les deux\u00a0: leur somme"
            " dépasse le total."
        ),
        by=_("motif"),
        groups=REASONS,
    ),
)
def refusals(rows: pd.DataFrame, span: Span) -> Value:
    found = during(rows, span)
    whole = ratio(found, "refused", "decided", unknown="to_arbitrate")
    refused = found[found["refused"] > 0]
    apart = refused.assign(reason=refused["reasons"].str.split("|")).explode("reason")
    by_reason = total(apart[apart["reason"] != ""], "refused", by="reason")
    return Value(whole.numerator, whole.denominator, whole.unknown, groups=by_reason.groups)
