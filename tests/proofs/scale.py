"""How large a proof is: a few seconds in `make test`, full size under `make prove`."""

import os

SCALE = float(os.environ.get("PROOF_SCALE", "0"))
"""0 = small, 1 = full size; anything between is between."""


def scaled(small: int, full: int) -> int:
    return round(small + (full - small) * SCALE)
