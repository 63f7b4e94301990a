"""French figures, dates and prose. `~` stands for U+00A0 and `_` for U+202F in the tables."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils.translation import ngettext

from portal.kit import words


def spaced(text: str) -> str:
    return text.replace("~", words.NBSP).replace("_", words.THIN)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal(0), "0,00~€"),
        (Decimal(30), "30,00~€"),
        (Decimal("1234.5"), "1_234,50~€"),
        (Decimal("1234567.895"), "1_234_567,90~€"),
        (Decimal(-10), "−_10,00~€"),
        (Decimal("-0.001"), "0,00~€"),
        (999, "999,00~€"),
    ],
)
def test_euros_french(amount: Decimal | int, written: str) -> None:
    assert words.euros(amount) == spaced(written)


@pytest.mark.parametrize(
    ("day", "long", "plain", "short", "month"),
    [
        (
            date(2026, 12, 3),
            "jeudi 3~décembre 2026",
            "3~décembre 2026",
            "3~déc.",
            "décembre 2026",
        ),
        (date(2027, 1, 1), "vendredi 1er~janvier 2027", "1er~janvier 2027", "1er~janv.", None),
        (date(2026, 8, 31), "lundi 31~août 2026", "31~août 2026", "31~août", "août 2026"),
        (date(2028, 2, 29), "mardi 29~février 2028", "29~février 2028", "29~févr.", None),
    ],
)
def test_day_in_words(day: date, long: str, plain: str, short: str, month: str | None) -> None:
    assert words.long_day(day) == spaced(long)
    assert words.plain_day(day) == spaced(plain)
    assert words.short_day(day) == spaced(short)
    assert month in (None, words.month(day))


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (time(14, 30), "14~h~30"),
        (time(9), "9~h"),
        (time(8, 5), "8~h~05"),
        (time(0, 0), "0~h"),
    ],
)
def test_hour_in_words(at: time, written: str) -> None:
    assert words.hour(at) == spaced(written)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qu'est-ce ?", "Qu’est-ce_?"),
        ("Deux cas: un seul", "Deux cas~: un seul"),
        ("Réponse :", "Réponse~:"),
        ("Que dire à Mme D. ?", "Que dire à Mme~D._?"),
        ("<b>Retour</b> : lundi", "<b>Retour</b>~: lundi"),
        ('Il a dit " non "', 'Il a dit " non "'),
        ("le mot «fil»", "le mot «~fil~»"),
        ("« déjà » !", "«~déjà~»_!"),
        ("15 jours, 30 €, 12 %", "15~jours, 30~€, 12~%"),
        ("à 14 h 30", "à 14~h~30"),
        ("Dr Vasseur et Mme Aubrac", "Dr~Vasseur et Mme~Aubrac"),
        ("https://exemple.org/a?b=1", "https://exemple.org/a?b=1"),
        ("il est 14:30", "il est 14:30"),
        ("", ""),
    ],
)
def test_prose_typeset(typed: str, printed: str) -> None:
    assert words.typeset(typed) == spaced(printed)


@pytest.mark.parametrize(
    "typed", ["Qu’est-ce ?", "« déjà » : oui !", "15 jours, 30 €", "à 14 h 30"]
)
def test_typeset_twice_same(typed: str) -> None:
    once = words.typeset(typed)
    assert words.typeset(once) == once


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0~acte"), (1, "1~acte"), (2, "2~actes"), (12_000, "12_000~actes")],
)
def test_plural_french(count: int, written: str) -> None:
    assert words.plural(count, "acte", "actes") == spaced(written)


@pytest.mark.parametrize(("count", "written"), [(0, "zéro"), (3, "trois"), (10, "dix"), (11, "11")])
def test_small_count_in_words(count: int, written: str) -> None:
    assert words.in_words(count) == written


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge, Mac"),
        ("curl/8", ""),
    ],
)
def test_device_named(user_agent: str, name: str) -> None:
    assert words.device(user_agent) == name


@pytest.mark.parametrize(("count", "written"), [(0, "0 ligne"), (1, "1 ligne"), (2, "2 lignes")])
def test_text_of_the_code_counts_nought_as_one(count: int, written: str) -> None:
    assert ngettext("%(count)s ligne", "%(count)s lignes", count) % {"count": count} == written
