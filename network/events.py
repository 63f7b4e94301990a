"""What the network room tells the rooms above it, once it is committed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """A role was given to, or withdrawn from, this account."""

    user_id: int
