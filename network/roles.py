"""Roles as people read them: a name, and one sentence on what the role may do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.enums import Role


@dataclass(frozen=True, slots=True)
class Described:
    label: str | Promise
    sentence: str | Promise


ROLES: dict[Role, Described] = {
    Role.PATIENT: Described(
        _("Patient"), _("Voit ses rendez-vous, son plan de soins et ce qui le concerne.")
    ),
    Role.CLINICIAN: Described(
        _("Soignant"), _("Se forme, note ses actes et suit ses propres patients.")
    ),
    Role.COORDINATOR: Described(
        _("Coordination"), _("Inclut les patients, anime les ateliers et les RCP.")
    ),
    Role.ACCOUNTANT: Described(
        _("Comptabilité"),
        _("Contrôle et paie les actes, sous un numéro de dossier, sans contenu médical."),
    ),
    Role.EDITOR: Described(_("Rédaction"), _("Publie les pages, les modules et les webinaires.")),
    Role.MEDICAL_DIRECTOR: Described(
        _("Direction médicale"),
        _("Voit ce que voit la coordination, arbitre les actes et signe les contenus."),
    ),
    Role.ADMINISTRATOR: Described(
        _("Administration"),
        _("Tient les comptes, les rôles et le barème ; n’ouvre aucun dossier de patient."),
    ),
}

PROTECTED = frozenset(Role) - {Role.PATIENT}
"""Roles that must have a second factor."""
