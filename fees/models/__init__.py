"""Acts, the slots that they hold, the steps that they went through, and the dated rules."""

from .act import Act, ActStep, GrantedSlot
from .schedule import PolicyVersion, TariffLine

__all__ = ["Act", "ActStep", "GrantedSlot", "PolicyVersion", "TariffLine"]
