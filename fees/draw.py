"""Which paid acts are checked against their documents: drawn by a secret, and drawn alike again.

Pure: no database, no clock.
"""

from decimal import Decimal
from hashlib import sha256

_SPAN = 2**64


def drawn(salt: str, act: int, percent: Decimal) -> bool:
    """Whether the act is of the share, in percent, that is checked.

    The same salt draws the same acts whenever it is asked; a larger share holds the smaller one.
    """
    lot = int.from_bytes(sha256(f"{salt}:{act}".encode()).digest()[:8])
    return lot < percent / 100 * _SPAN
