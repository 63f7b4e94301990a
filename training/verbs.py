"""What the training room writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from network.models.journal import VERBS

VERBS.update(
    {
        "attestation.issued": _("attestation de formation délivrée"),
        "attestation.revoked": _("attestation de formation révoquée"),
        "training_body.described": _("organisme de formation décrit"),
    }
)
