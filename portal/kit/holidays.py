"""The eleven public holidays of mainland France (labour code, L3133-1), by their French names."""

from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from dateutil.easter import easter


@cache
def holidays(year: int) -> MappingProxyType[date, str]:
    """The holidays of a year, by day. Two that fall on one day are told together (2008)."""
    sunday = easter(year)
    told = [
        (date(year, 1, 1), "jour de l’an"),
        (sunday + timedelta(days=1), "lundi de Pâques"),
        (date(year, 5, 1), "fête du Travail"),
        (date(year, 5, 8), "victoire de 1945"),
        (sunday + timedelta(days=39), "Ascension"),
        (sunday + timedelta(days=50), "lundi de Pentecôte"),
        (date(year, 7, 14), "fête nationale"),
        (date(year, 8, 15), "Assomption"),
        (date(year, 11, 1), "Toussaint"),
        (date(year, 11, 11), "armistice de 1918"),
        (date(year, 12, 25), "Noël"),
    ]
    found: dict[date, str] = {}
    for day, name in told:
        found[day] = f"{found[day]} et {name}" if day in found else name
    return MappingProxyType(found)


def holiday(day: date) -> str:
    """The name of the public holiday that falls on `day`; empty on any other."""
    return holidays(day.year).get(day, "")
