"""The remittance advice of a transfer: which acts it pays, under their file numbers."""

from django.conf import settings
from django.utils.translation import gettext as _

from fees.enums import LineKind
from fees.models import Transfer
from portal.kit import words
from portal.kit.pdf import write_pdf


def advice_pdf(transfer: Transfer) -> bytes:
    """The document of a signed transfer; no patient's name. Raises ValueError before signature."""
    batch = transfer.batch
    if batch.signed_at is None:
        raise ValueError("the batch is not signed")
    lines = transfer.lines.select_related("act__patient").order_by("act__done_on", "pk")
    return write_pdf(
        "fees/documents/remittance.typ",
        {
            "heading": _("Avis de virement"),
            "sender": [settings.PAYER_NAME, settings.SECRETARIAT_PHONE],
            "to": [str(transfer.professional), transfer.professional.practice],
            "facts": [
                [_("Référence"), transfer.end_to_end],
                [_("Exécution"), words.plain_day(batch.execute_on)],
                [_("Compte"), f"{transfer.holder}, •••• {transfer.last4}"],
                [_("Montant"), words.euros(transfer.amount)],
                [_("État"), str(transfer.get_state_display())],
            ],
            "columns": [_("Date"), _("Dossier"), _("Acte"), _("Montant")],
            "rows": [
                [
                    words.plain_day(line.act.done_on),
                    line.act.patient.code,
                    str(line.act.get_kind_display())
                    if line.kind == LineKind.PAYS
                    else _("%(act)s, extourné") % {"act": line.act.get_kind_display()},
                    words.euros(line.amount if line.kind == LineKind.PAYS else -line.amount),
                ]
                for line in lines
            ],
            "total": [_("Total"), words.euros(transfer.amount)],
        },
        dated=batch.execute_on,
    )
