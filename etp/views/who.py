"""Who asks for a page of workshops: a patient, signed in or entered by a personal link."""

from etp.access import Perm
from network.views.who import Who
from network.views.who import for_patients as opened_to

__all__ = ["Who", "for_patients"]

for_patients = opened_to(Perm.BOOK)
