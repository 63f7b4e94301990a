"""What « Je cherche… » finds of this room: structures and resources, as each person may read."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import PhoneLine, Resource
from network.models.resource import NEEDS
from network.models.structure import DEPARTMENTS
from network.selectors.directory import listed, sheet_of, texts_of, words_of
from portal.kit import clock, words
from portal.kit.finding import Document, findable


@findable
def structures(user: Any) -> Iterator[Document]:
    today = clock.today()
    for each in listed():
        wait = sheet_of(each, today=today).wait
        yield Document(
            title=each.name,
            url=reverse("network:structure", args=[each.pk]),
            kind=_("Structure de la douleur"),
            text=f"{each.city} ({each.department})",
            keywords=" ".join(texts_of(each)),
            note=_("attente de %(weeks)s, connue le %(day)s")
            % {
                "weeks": words.plural(wait.weeks, "semaine", "semaines"),
                "day": words.plain_day(wait.measured_on),
            }
            if wait
            else "",
            phone=each.phone,
        )
    yield Document(
        title=_("Annuaire de la douleur"),
        url=reverse("network:directory"),
        kind=_("Page"),
        text=_("Qui soigne la douleur près de chez vous, et après quelle attente."),
        keywords=_("liste des structures, carte, centres antidouleur"),
    )


@findable
def resources(user: Any) -> Iterator[Document]:
    for each in Resource.objects.visible_to(user):
        told = words_of(each.needs, NEEDS)
        told += [*each.departments, *words_of(each.departments, DEPARTMENTS)]
        yield Document(
            title=each.name,
            url=f"{reverse('network:need', args=[each.needs[0]])}#{each.pk}",
            kind=_("Ressource"),
            text=each.what,
            keywords=" ".join([each.words, *told]),
            phone=each.phone,
        )


@findable
def phone_lines(user: Any) -> Iterator[Document]:
    """Their names and what they are for; a number is never searched nor shown among results."""
    for each in PhoneLine.objects.visible_to(user).defer("secret"):
        yield Document(
            title=each.name,
            url=f"{reverse('network:phone_lines')}#ligne-{each.pk}",
            kind=_("Ligne téléphonique"),
            text=each.purpose,
            keywords=each.words,
        )
