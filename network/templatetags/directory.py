"""Codes of the directory in words."""

from collections.abc import Iterable

from django import template

from network.models.referral import FAST_TRACKS
from network.models.structure import DEPARTMENTS, POPULATIONS, SPECIALITIES, TECHNIQUES
from network.selectors.directory import words_of

register = template.Library()


@register.filter
def populations(codes: Iterable[str]) -> str:
    return ", ".join(words_of(codes, POPULATIONS))


@register.filter
def specialities(codes: Iterable[str]) -> str:
    return ", ".join(words_of(codes, SPECIALITIES))


@register.filter
def techniques(codes: Iterable[str]) -> str:
    return ", ".join(words_of(codes, TECHNIQUES))


@register.filter
def fast_tracks(codes: Iterable[str]) -> str:
    return ", ".join(words_of(codes, FAST_TRACKS))


@register.filter
def departments(codes: Iterable[str]) -> str:
    return ", ".join(words_of(codes, DEPARTMENTS))
