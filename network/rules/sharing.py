"""Rule of sharing: who may read what a case review holds of a patient (context: CSP L1110-4)."""

from collections.abc import Collection

from network.enums import Circle


def may_read_review(*, in_team: bool, circle: Circle | None, consents: Collection[Circle]) -> bool:
    """The care team reads; everybody else needs the patient's consent for their circle.

    `circle`: what a person outside of care comes for; None = a care professional, who falls under
    the circle of the review when not in the patient's team.
    """
    if circle is None and in_team:
        return True
    return (circle or Circle.REVIEW) in consents
