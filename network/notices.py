"""The words of the mails that sign-in causes: a fact and what to do, no name, no health data."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Notice:
    """`alarm` adds what to do when it was not the reader's doing."""

    subject: str | Promise
    sentence: str | Promise
    url_name: str = "account_login"
    alarm: bool = False


USE_CODE = Notice(
    _("Votre connexion à Ariane"),
    _("Votre compte n’a pas de mot de passe\u00a0: vous entrez avec un code reçu par mail."),
    "account_request_login_code",
)
USE_PASSWORD = Notice(
    _("Votre connexion à Ariane"),
    _(
        "Votre compte s’ouvre avec un mot de passe et un second facteur, pas avec un code reçu par"
        " mail. Mot de passe oublié\u202f? La page de connexion permet d’en choisir un autre\u00a0:"
    ),
)


def _changed(sentence: str | Promise) -> Notice:
    return Notice(_("La sécurité de votre compte Ariane"), sentence, "account:home", alarm=True)


NOTICES: dict[str, Notice] = {
    "account/email/login_code": Notice(
        _("Votre code de connexion"),
        _("Voici votre code. Il sert une fois, dix minutes au plus. Ne le donnez à personne."),
    ),
    "account/email/password_reset_key": Notice(
        _("Choisir un nouveau mot de passe"),
        _(
            "Un nouveau mot de passe a été demandé pour votre compte. Si c’est vous, choisissez-le"
            " ici\u202f; sinon, ne faites rien, rien ne change\u00a0:"
        ),
    ),
    "network/new_sign_in": _changed(
        _("Votre compte vient d’être ouvert depuis un appareil où il ne l’avait jamais été.")
    ),
    "account/email/password_changed": _changed(_("Votre mot de passe a été changé.")),
    "account/email/password_set": _changed(_("Un mot de passe a été choisi pour votre compte.")),
    "account/email/password_reset": _changed(_("Votre mot de passe a été remplacé.")),
    "mfa/email/totp_activated": _changed(
        _("Une application de codes protège maintenant votre compte.")
    ),
    "mfa/email/totp_deactivated": _changed(
        _("L’application de codes a été retirée de votre compte.")
    ),
    "mfa/email/recovery_codes_generated": _changed(
        _("De nouveaux codes de secours ont été créés\u202f; les anciens ne servent plus.")
    ),
    "mfa/email/webauthn_added": _changed(_("Une clé d’accès a été ajoutée à votre compte.")),
    "mfa/email/webauthn_removed": _changed(_("Une clé d’accès a été retirée de votre compte.")),
    "network/factor_reset": _changed(
        _(
            "Votre second facteur a été remis à zéro à votre demande et vos sessions sont fermées."
            " À la prochaine connexion, vous en installerez un nouveau."
        )
    ),
}

MEETING = _("Réunion du réseau")
"""The title of a case review in a calendar, and nothing more."""


ANSWER = _("Répondre, en un geste\u00a0:")


@dataclass(frozen=True, slots=True)
class Call:
    """The words of a mail about a meeting; `subject` is completed by the day."""

    subject: str | Promise
    sentence: str | Promise
    link: str | Promise = ANSWER


INVITED = Call(
    _("Réunion du %(day)s"), _("Vous êtes invité à une réunion de professionnels\u00a0:")
)
MEETING_CHANGED = Call(
    _("La réunion du %(day)s a changé"),
    _("La réunion a changé. Voici ce qu’il faut retenir\u00a0:"),
)
CALLED_OFF = Call(
    _("La réunion du %(day)s n’aura pas lieu"),
    _("Cette réunion est annulée. Vous n’avez rien à faire\u00a0:"),
    _("Voir la réunion\u00a0:"),
)
NOT_INVITED = Call(
    _("La réunion du %(day)s"),
    _("Votre présence n’est plus demandée à cette réunion\u00a0:"),
    _("Voir la réunion\u00a0:"),
)
MINUTES_WAIT = (
    _("Un document à signer"),
    _("Un compte rendu de réunion attend votre signature dans le portail\u00a0:"),
)
COPY_WAITS = (
    _("Un document vous attend"),
    _("Le réseau a déposé un document pour vous. Connectez-vous pour le lire\u00a0:"),
)


def _about_requests(sentence: str | Promise, url_name: str) -> Notice:
    return Notice(_("Réseau Ariane\u00a0: une demande"), sentence, url_name)


REFERRAL_RECEIVED = _about_requests(
    _(
        "Votre demande est bien reçue. La réponse vient dans les 15\u00a0jours qui suivent le"
        " dossier complet. Où elle en est\u00a0:"
    ),
    "network:my_requests",
)
PIECES_LACK = _about_requests(
    _("Une de vos demandes attend des pièces. Ce qui manque\u00a0:"), "network:my_requests"
)
OWN_PIECES_LACK = _about_requests(
    _("Le réseau attend une pièce de votre part. Voir laquelle\u00a0:"), "network:own_file"
)
REQUEST_ARCHIVED = _about_requests(
    _(
        "Une de vos demandes est archivée, faute de pièces. Vous pouvez la reprendre quand vous"
        " voulez\u00a0:"
    ),
    "network:my_requests",
)
ANSWER_TO_DOCTOR = _about_requests(
    _("Le réseau a répondu à une de vos demandes. Un courrier vous attend\u00a0:"),
    "network:my_requests",
)
ANSWER_TO_FOLLOWER = _about_requests(
    _("Le réseau a répondu à une demande. Un courrier vous attend\u00a0:"), "network:patients"
)
ANSWER_TO_PATIENT = _about_requests(
    _("Un courrier du réseau vous attend dans votre espace\u00a0:"), "network:own_file"
)


ALERT_WAITS = Notice(
    _("Réseau Ariane\u00a0: une alerte"),
    _("Une alerte attend dans le portail. Elle demande une réponse aujourd’hui\u00a0:"),
)
SHEET_TO_CHECK = Notice(
    _("Votre fiche dans l’annuaire de la douleur"),
    _(
        "L’annuaire régional présente votre structure aux patients et à leurs médecins. Est-ce que"
        " tout y est encore juste\u202f? Une minute suffit, sans mot de passe\u00a0:"
    ),
)


def body(notice: Notice, *, link: str, code: str = "") -> str:
    """The text of the mail."""
    return render_to_string(
        "network/accounts/mail/notice.txt",
        {"notice": notice, "code": code, "link": link, "phone": settings.SECRETARIAT_PHONE},
    ).strip()


# Appointments of consultation: a day, a place; neither name nor health data.

APPOINTMENT = _("Rendez-vous réseau")
"""The title of every event in a calendar."""


@dataclass(frozen=True, slots=True)
class VisitNotice:
    """`subject` is completed by the day; `next_step` says whom to call."""

    subject: str | Promise
    sentence: str | Promise
    next_step: str | Promise


_CALL = _("Pour changer ou annuler ce rendez-vous, appelez le secrétariat du réseau\u00a0:")
VISIT_BOOKED = VisitNotice(
    _("Votre rendez-vous du %(day)s est noté"), _("Votre rendez-vous est pris\u00a0:"), _CALL
)
VISIT_MOVED = VisitNotice(
    _("Votre rendez-vous est déplacé au %(day)s"),
    _("Votre rendez-vous a changé. Le voici\u00a0:"),
    _CALL,
)
VISIT_CANCELLED = VisitNotice(
    _("Votre rendez-vous du %(day)s est annulé"),
    _("Ce rendez-vous n’aura pas lieu\u00a0:"),
    _("Pour en prendre un autre, appelez le secrétariat du réseau\u00a0:"),
)
