"""Durations and trades as they are written in documents."""

from django import template

from training.exports.attestation import hours
from training.exports.registered import trade_of

register = template.Library()
register.filter("hours", hours)
register.filter("trade", trade_of)
