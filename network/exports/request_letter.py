"""Letters of answer to a request: their prefilled words, and the document."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from network.actions.decisions import Answer
from network.enums import Addressee, LinkRole, Reply
from network.models import CareLink, Patient, Referral, RequestLetter
from portal.kit import words
from portal.kit.pdf import write_pdf


def prefilled(patient: Patient, given: Answer) -> dict[Addressee, str]:
    """What the letters say of this answer, paragraph by paragraph, before anybody changes them."""
    texts = {
        Addressee.DOCTOR: [_opening_to_doctor(patient), *_to_doctor(patient, given)],
        Addressee.PATIENT: [_opening_to_patient(patient), *_to_patient(given)],
    }
    closing = {
        Addressee.DOCTOR: _("La coordination reste à votre disposition. Bien confraternellement,"),
        Addressee.PATIENT: _(
            "Pour toute question, appelez le secrétariat\u00a0: %(phone)s. "
            "Nous vous souhaitons le meilleur."
        )
        % {"phone": settings.SECRETARIAT_PHONE},
    }
    return {
        to: "\n\n".join([*(each for each in texts[to] if each), closing[to]]) for to in Addressee
    }


def _opening_to_doctor(patient: Patient) -> str:
    born = _("née") if patient.sex == "F" else _("né")
    return _(
        "Docteur,\n\nVous avez adressé %(name)s, %(born)s le %(day)s, au réseau le %(requested)s."
    ) % {
        "name": patient.formal_name,
        "born": born,
        "day": words.plain_day(patient.birth_date),
        "requested": words.plain_day(patient.requested_on),
    }


def _opening_to_patient(patient: Patient) -> str:
    who = _("Madame,") if patient.sex == "F" else _("Monsieur,")
    return _("%(who)s\n\nVotre médecin a demandé au réseau de vous aider.") % {"who": who}


def _to_doctor(patient: Patient, given: Answer) -> list[str]:
    return {
        Reply.INCLUDE: [
            _(
                "Le réseau suit %(whom)s pendant 15\u00a0mois à partir du %(day)s. "
                "Le parcours commence par une consultation d’évaluation et d’orientation\u00a0; "
                "vous en recevrez le compte rendu."
            )
            % {
                "whom": _("votre patiente") if patient.sex == "F" else _("votre patient"),
                "day": words.plain_day(given.decided_on),
            },
            given.reason,
        ],
        Reply.REDIRECT: [
            _("Une autre réponse convient mieux à cette situation. %(reason)s")
            % {"reason": given.reason},
            _addresses(given),
        ],
        Reply.REFUSE: [
            _("Le réseau ne peut pas répondre à cette demande. %(reason)s")
            % {"reason": given.reason},
            _("Vous pouvez l’adresser de nouveau si la situation change."),
        ],
        Reply.ASK: [
            _("Pour répondre à votre demande, il nous manque\u00a0: %(pieces)s.")
            % {"pieces": ", ".join(given.pieces)},
            given.reason,
            _("Vous pouvez joindre ces documents à votre demande, dans le portail."),
        ],
    }[given.outcome]


def _to_patient(given: Answer) -> list[str]:
    return {
        Reply.INCLUDE: [
            _(
                "La réponse est oui. Le réseau vous accompagne pendant 15\u00a0mois, "
                "à partir du %(day)s."
            )
            % {"day": words.plain_day(given.decided_on)},
            _(
                "Tout commence par un long rendez-vous, pour parler de votre douleur et de ce "
                "qui compte pour vous. Nous vous appelons bientôt pour choisir une date."
            ),
        ],
        Reply.REDIRECT: [
            _("D’autres équipes peuvent mieux vous aider que le réseau. Les voici\u00a0:"),
            _addresses(given),
            _("Votre médecin a reçu ces adresses. Il peut vous aider à prendre rendez-vous."),
        ],
        Reply.REFUSE: [
            _(
                "Le réseau ne peut pas vous suivre pour l’instant. Votre médecin a reçu une "
                "explication. Parlez-en avec lui\u00a0: une nouvelle demande reste possible."
            ),
        ],
        Reply.ASK: [
            _("Pour répondre, il nous manque encore\u00a0: %(pieces)s.")
            % {"pieces": ", ".join(given.pieces)},
            _("Dès que nous l’avons, vous aurez une réponse en 15\u00a0jours au plus."),
        ],
    }[given.outcome]


def _addresses(given: Answer) -> str:
    return "\n".join([*(each.name for each in given.structures), given.addresses]).strip()


def letter_pdf(letter: RequestLetter) -> bytes:
    """The document, dated the day it was written."""
    patient = letter.patient
    return write_pdf(
        "network/documents/request_letter.typ",
        {
            "heading": _("Réponse à une demande de suivi"),
            "sender": [_("Coordination du réseau"), settings.SECRETARIAT_PHONE],
            "to": _addressee(letter),
            "day": words.capitalise(words.long_day(letter.dated)),
            "about": _("Dossier %(code)s") % {"code": patient.code},
            "paragraphs": [words.typeset(each) for each in letter.body.split("\n\n")],
            "signed": letter.written_by.get_full_name() or _("La coordination"),
        },
        dated=letter.dated,
    )


def _addressee(letter: RequestLetter) -> list[str]:
    patient = letter.patient
    if letter.to == Addressee.PATIENT:
        return [patient.formal_name, f"{patient.postcode} {patient.city}".strip()]
    return doctor_lines(letter.referral, letter.patient, letter.dated)


def doctor_lines(referral: Referral | None, patient: Patient, on: date) -> list[str]:
    """To whom the doctor's letter is addressed: who referred, else the treating doctor."""
    if referral is None:
        links = CareLink.objects.on(on).filter(patient=patient, role=LinkRole.TREATING_DOCTOR)
        link = links.select_related("professional").first()
        professional = link.professional if link else None
    else:
        professional = getattr(referral.author, "professional", None)
        if professional is None:
            return [referral.author.get_full_name() or _("Au médecin")]
    if professional is None:
        return [_("Au médecin traitant")]
    town = f"{professional.postcode} {professional.city}".strip()
    return [each for each in (str(professional), professional.practice, town) if each]
