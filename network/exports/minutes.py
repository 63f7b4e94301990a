"""Signed minutes of a case review as one accessible document; an extract for outside doctors."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from network.enums import Circle, MinutesPart, ProposalKind
from network.models import RcpMinutes
from network.rules.review import parts_for, proposals_for
from portal.kit import words
from portal.kit.pdf import write_pdf


def minutes_pdf(minutes: RcpMinutes, circle: Circle | None) -> bytes:
    """What was signed, whole for caregivers and the patient; `circle`: what an outsider may read.

    Raises ValueError for a draft.
    """
    if minutes.signed_at is None:
        raise ValueError("these minutes are not signed")
    signed_on = timezone.localdate(minutes.signed_at)
    content = minutes.content
    parts = parts_for(circle)
    held_on = date.fromisoformat(content["held_on"])
    return write_pdf(
        "network/documents/minutes.typ",
        {
            "heading": _("%(what)s de la RCP du %(day)s")
            % {"what": _heading(minutes, parts), "day": words.plain_day(held_on)},
            "sender": [_("Coordination du réseau"), settings.SECRETARIAT_PHONE],
            "about": _("%(name)s, %(born)s le %(day)s")
            % {
                "name": content["patient"],
                "born": content["born"],
                "day": words.plain_day(date.fromisoformat(content["birth_date"])),
            },
            "meeting": _meeting(content),
            "sections": _sections(content, parts),
            "attendees": [
                f"{each['name']}, {each['trade']} ({each['mode']})" for each in content["attendees"]
            ],
            "excused": [f"{each['name']}, {each['trade']}" for each in content["excused"]],
            "proposals": _proposals(content, circle),
            "quorum": _quorum(content),
            "signed": _("Signé par %(who)s le %(day)s")
            % {"who": content["signed_by"], "day": words.plain_day(signed_on)},
            "words": {
                "attendees": _("Présents"),
                "excused": _("Excusés"),
                "proposals": _("Propositions"),
                "nothing": _("aucune"),
            },
        },
        dated=signed_on,
    )


def file_name(minutes: RcpMinutes) -> str:
    """Neither the person nor what it is about: files travel."""
    return f"compte-rendu-{minutes.pk}.pdf"


def _heading(minutes: RcpMinutes, parts: frozenset[MinutesPart]) -> str:
    return minutes.words if MinutesPart.DISCUSSION in parts else _("Extrait du compte rendu")


def _meeting(content: dict[str, Any]) -> str:
    told = [content["where"]]
    if content["chair"]:
        told.append(_("présidée par %(who)s") % {"who": content["chair"]})
    if content["presenter"]:
        told.append(_("dossier présenté par %(who)s") % {"who": content["presenter"]})
    return ", ".join(each for each in told if each)


def _sections(content: dict[str, Any], parts: frozenset[MinutesPart]) -> list[dict[str, str]]:
    titles = {
        MinutesPart.QUESTION: _("Question posée"),
        MinutesPart.DISCUSSION: _("Discussion"),
        MinutesPart.CONCLUSION: _("Conclusion"),
    }
    return [
        {"title": title, "text": words.typeset(content[part])}
        for part, title in titles.items()
        if part in parts and content[part]
    ]


def _proposals(content: dict[str, Any], circle: Circle | None) -> list[str]:
    kinds = proposals_for(circle)
    return [
        _("%(what)s\u00a0: %(who)s, avant le %(day)s")
        % {
            "what": ", ".join(filter(None, (words.capitalise(each["words"]), each["detail"]))),
            "who": each["owner"],
            "day": words.plain_day(date.fromisoformat(each["due_on"])),
        }
        for each in content["proposals"]
        if ProposalKind(each["kind"]) in kinds
    ]


def _quorum(content: dict[str, Any]) -> str:
    if content["discussing"] >= content["least"]:
        return ""
    return _("Discussion sans quorum\u00a0: %(present)s présents, il en faut %(least)s.") % {
        "present": content["discussing"],
        "least": content["least"],
    }
