from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = "Réseau"

    def ready(self) -> None:
        from network import (  # noqa: F401
            access,
            dashboard,
            findable,
            indicators,
            listeners,
            panels,
            tasks,
        )
        from network.access import Perm
        from network.selectors import (  # noqa: F401
            verify,
            verify_follow_up,
            verify_questionnaires,
        )
        from portal.kit.navigation import Entry, register

        register(
            Entry(_("Mon dossier"), "network:own_file", "user", Perm.SEE_OWN_FILE, order=10),
            Entry(_("Patients"), "network:patients", "user", Perm.SEE_PATIENTS, order=20),
            Entry(_("Demandes"), "network:queue", "wait", Perm.DECIDE_REQUEST, order=15),
            Entry(
                _("Mes demandes"),
                "network:my_requests",
                "send",
                Perm.REFER,
                order=25,
                inside="network:patients",
            ),
            Entry(_("RCP"), "network:rcps", "people", Perm.SEE_RCP, order=30),
            Entry(
                _("Membres"),
                "network:professionals",
                "book",
                Perm.SEE_PROFESSIONALS,
                order=60,
                inside="network:patients",
            ),
            Entry(
                _("Comptes bancaires"),
                "network:bank_changes",
                "key",
                Perm.CONFIRM_BANK_DETAILS,
                order=40,
            ),
            Entry(_("Comptes"), "network:accounts", "key", Perm.SEE_ACCOUNTS, order=70),
            Entry(
                _("Lignes téléphoniques"),
                "network:phone_lines",
                "phone",
                Perm.SET_RESERVED_NUMBER,
                order=75,
                inside="network:accounts",
                note=_("Les numéros réservés aux professionnels vérifiés."),
            ),
            Entry(_("Journal"), "network:journal", "file", Perm.READ_JOURNAL, order=80),
        )
        register(
            Entry(
                _("Consultations"),
                "network:ceo_queue",
                "sessions",
                Perm.PLAN_VISITS,
                order=25,
                inside="network:patients",
            ),
            Entry(
                _("Mes consultations"),
                "network:my_visits",
                "sessions",
                Perm.CONSULT,
                25,
                inside="network:patients",
            ),
        )
