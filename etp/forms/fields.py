"""Fields that the forms of planning share."""

from django import forms
from django.utils.translation import gettext as _

from etp.models import Facilitator


class FacilitatorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who gives workshops, told by name and trade, and whether the training is proven."""

    def label_from_instance(self, obj: Facilitator) -> str:
        return facilitator_label(obj)


class FacilitatorsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Facilitator) -> str:
        return facilitator_label(obj)


def facilitator_label(facilitator: Facilitator) -> str:
    told = f"{facilitator.professional}, {facilitator.professional.trade}"
    if facilitator.is_trained:
        return told
    return _("%(person)s (formation de 40\u00a0h non attestée)") % {"person": told}
