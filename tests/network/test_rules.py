"""Identity, dates and proofs: pure rules, told as tables."""

from datetime import date

import pytest

from network.enums import Profession, Proof
from network.rules.follow_up import last_day_of_follow_up, overlap, whole_months
from network.rules.identity import Traits, born_after_for_minors, fold, is_rpps, looks_same
from network.rules.proofs import Attendee, count_professionals, missing_proofs

HELD = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élise d’Aubrac", "elise d aubrac"),
        ("  ŒUVRARD-Lævin ", "oeuvrard laevin"),
        ("Nguyễn", "nguyen"),
        ("O'Çelik", "o celik"),
        ("", ""),
        ("- ’ -", ""),
    ],
)
def test_fold_drops_accents_case_and_signs(text: str, folded: str) -> None:
    assert fold(text) == folded


SOLENE = Traits("Aubrac", "", "Solène Marie", date(1973, 5, 2))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Traits("AUBRAC", "", "solene", date(1973, 5, 2)), True),
        (Traits("Renaudin", "Aubrac", "Solène", date(1973, 5, 2)), True),
        (Traits("Aubrac", "", "Solène", date(1973, 2, 5)), False),
        (Traits("Aubrac", "", "Marie", date(1973, 5, 2)), False),
        (Traits("Renaudin", "", "Solène", date(1973, 5, 2)), False),
    ],
)
def test_people_look_same_by_day_first_name_and_one_family_name(other: Traits, same: bool) -> None:
    assert looks_same(SOLENE, other) is same
    assert looks_same(other, SOLENE) is same


@pytest.mark.parametrize(
    ("included_on", "last_day"),
    [
        (date(2026, 1, 5), date(2027, 4, 4)),
        (date(2025, 11, 30), date(2027, 2, 27)),
        (date(2026, 11, 30), date(2028, 2, 28)),
        (date(2026, 10, 1), date(2027, 12, 31)),
    ],
)
def test_follow_up_ends_the_day_before_fifteen_months_later(
    included_on: date, last_day: date
) -> None:
    assert last_day_of_follow_up(included_on) == last_day


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 5), date(2026, 11, 24), 10),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 2, 1), date(2026, 1, 31), 0),
    ],
)
def test_whole_months_count_full_ones(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


@pytest.mark.parametrize(
    ("birth", "on", "minor"),
    [
        (date(2008, 11, 16), date(2026, 11, 15), True),
        (date(2008, 11, 16), date(2026, 11, 16), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (date(2010, 2, 28), date(2028, 2, 29), False),
    ],
)
def test_majority_comes_on_the_eighteenth_birthday(birth: date, on: date, minor: bool) -> None:
    assert (birth > born_after_for_minors(on)) is minor


@pytest.mark.parametrize(
    ("span", "other", "share"),
    [
        ((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 1, 31), None), True),
        ((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), None), False),
        ((date(2026, 1, 1), None), (date(2025, 1, 1), date(2025, 12, 31)), False),
        ((date(2026, 1, 1), None), (date(2030, 1, 1), date(2031, 1, 1)), True),
    ],
)
def test_spans_overlap_when_they_share_a_day(
    span: tuple[date, date | None], other: tuple[date, date | None], share: bool
) -> None:
    assert overlap(*span, *other) is share
    assert overlap(*other, *span) is share


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("99700000013", True),
        ("99700000021", True),
        ("99700000014", False),
        ("9970000001", False),
        ("997000000130", False),
        ("9970000001x", False),
        ("٩٩٧٠٠٠٠٠٠١٣", False),
        ("", False),
    ],
)
def test_rpps_has_eleven_digits_and_its_key(text: str, valid: bool) -> None:
    assert is_rpps(text) is valid


def test_only_listed_professions_outside_the_network_make_the_quorum() -> None:
    attendees = [
        Attendee(1, Profession.DOCTOR, employee=False),
        Attendee(1, Profession.DOCTOR, employee=False),
        Attendee(2, Profession.PSYCHOLOGIST, employee=False),
        Attendee(3, Profession.NURSE, employee=True),
        Attendee(4, Profession.OTHER, employee=False),
        Attendee(5, Profession.PHARMACIST, employee=False),
        Attendee(6, Profession.PSYCHOMOTOR, employee=False),
    ]
    assert count_professionals(attendees) == 4


@pytest.mark.parametrize(
    ("minutes", "plan", "present", "missing"),
    [
        (HELD, HELD, 2, ()),
        (None, HELD, 2, (Proof.MINUTES,)),
        (HELD, None, 2, (Proof.PLAN,)),
        (HELD, date(2026, 12, 12), 2, ()),
        (HELD, date(2026, 12, 13), 2, (Proof.PLAN,)),
        (HELD, date(2026, 11, 11), 2, (Proof.PLAN,)),
        (HELD, HELD, 1, (Proof.QUORUM,)),
        (None, None, 0, (Proof.MINUTES, Proof.PLAN, Proof.QUORUM)),
    ],
)
def test_file_lacks_proofs(
    minutes: date | None, plan: date | None, present: int, missing: tuple[Proof, ...]
) -> None:
    found = missing_proofs(
        held_on=HELD, minutes_signed_on=minutes, plan_revised_on=plan, present=present
    )
    assert found == missing
