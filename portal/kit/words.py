"""Figures, dates and prose in correct French typography. Pure: no setting, no language switch."""

import re
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
THIN = "\u202f"
MINUS = "\u2212"

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
SHORT_MONTHS = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juill.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
]


def number(value: Decimal | int, places: int = 0) -> str:
    """`1 234,5`: thousands apart by a thin space, decimal comma, a real minus."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = MINUS + THIN if rounded < 0 else ""
    return sign + f"{abs(rounded):,f}".replace(",", THIN).replace(".", ",")


def euros(amount: Decimal | int) -> str:
    """`1 234,50 €`, never broken over two lines."""
    return number(amount, 2) + NBSP + "€"


def percent(share: float) -> str:
    """`64 %`, from a share of 1."""
    return number(Decimal(str(share)) * 100) + NBSP + "%"


def ordinal_day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def long_day(day: date) -> str:
    """`jeudi 3 décembre 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {plain_day(day)}"


def plain_day(day: date) -> str:
    """`3 décembre 2026`."""
    return f"{ordinal_day(day)}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """`24 nov.`, for tables whose year is said elsewhere."""
    return f"{ordinal_day(day)}{NBSP}{SHORT_MONTHS[day.month - 1]}"


def month(day: date) -> str:
    """`novembre 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def hour(at: time) -> str:
    """`14 h 30`, `9 h`."""
    minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


def capitalise(text: str) -> str:
    """The first letter only: a sentence that begins with a date."""
    return text[:1].upper() + text[1:]


def typeset(text: str) -> str:
    """Prose typed by a person, with the spaces and the apostrophes of French printing."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r"«\s*", f"«{NBSP}", text)
    text = re.sub(r"\s*»", f"{NBSP}»", text)
    text = re.sub(r"(?<=[\w.)»%€>])[ \u00a0\u202f]*([;!?])(?=\s|$|[)»<])", rf"{THIN}\1", text)
    text = re.sub(r"(?<=[\w.)»%€>])[ \u00a0]*:(?=\s|$)", f"{NBSP}:", text)
    text = re.sub(r"(?<=\d) h (?=\d)", f"{NBSP}h{NBSP}", text)
    text = re.sub(r"(?<=\d) (?=[€%]|h\b|min\b|ans?\b|jours?\b|mois\b|séances?\b)", NBSP, text)
    return re.sub(r"\b(Dr|Mme|M\.|Pr) (?=[A-ZÀ-Ý])", rf"\1{NBSP}", text)


def plural(count: int, one: str, many: str) -> str:
    """`1 demande`, `12 demandes`; in French 0 and 1 are singular."""
    return f"{number(count)}{NBSP}{one if abs(count) < 2 else many}"


SMALL_NUMBERS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
]


def in_words(count: int) -> str:
    """`trois`, for a count said in a sentence; figures from eleven."""
    return SMALL_NUMBERS[count] if 0 <= count < len(SMALL_NUMBERS) else number(count)


DEVICES = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
BROWSERS = {"Edg/": "Edge", "Firefox/": "Firefox", "OPR/": "Opera", "Chrome/": "Chrome"}


def device(user_agent: str) -> str:
    """`Firefox, Windows`: what a browser says of itself, for the person who owns it."""
    system = next((name for name in DEVICES if name in user_agent), "").replace("Macintosh", "Mac")
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    if not browser and "Safari/" in user_agent:
        browser = "Safari"
    return ", ".join(filter(None, (browser, system)))
