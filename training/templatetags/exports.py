"""Durations as they are printed on attestations."""

from django import template

from training.exports.attestation import hours

register = template.Library()
register.filter("hours", hours)
