"""How large a proof is: a few seconds each, full size under `make prove`."""

import os

from django.db import connection

SCALE = float(os.environ.get("PROOF_SCALE", "0"))
"""0 = small, 1 = full size; anything between is between."""


def scaled(small: int, full: int) -> int:
    return round(small + (full - small) * SCALE)


def histories(small: int, full: int) -> int:
    """How many random histories, each in one connection.

    PostgreSQL, asked after SQLite, is asked a tenth: alone, a history differs there by its
    SQL only. What many do at once (storms, kills, turns) is at full size on both.
    """
    return scaled(small, full if connection.vendor == "sqlite" else max(small, full // 10))
