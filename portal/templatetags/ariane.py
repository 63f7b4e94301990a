"""Words, figures and icons in the house style. Loaded in every template."""

from django import template

register = template.Library()


@register.filter
def may(user: object, perm: str) -> bool:
    """`{% if user|may:"fees.log_act" %}`: does this person hold the permission?"""
    return bool(user.has_perm(perm))  # type: ignore[attr-defined]
