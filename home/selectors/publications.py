"""What other networks published, as shipped: static, with its source, apart from our figures."""

from dataclasses import dataclass
from functools import cache

from home import content
from home.chart import Chart, Point, draw
from portal.kit.words import typeset


@dataclass(frozen=True, slots=True)
class Panel:
    """A card of published figures. `chart`: for a series, its points alone."""

    title: str
    source: str
    caveat: str
    rows: list[tuple[str, str]]
    unit: str = ""
    chart: Chart | None = None


@cache
def panels() -> list[Panel]:
    read = content.read("publications.toml")
    series = [
        Panel(
            title=typeset(each["title"]),
            source=typeset(each["source"]),
            caveat=typeset(each["caveat"]),
            rows=[(year, str(level)) for year, level in each["points"]],
            unit=typeset(each["unit"]),
            chart=draw([Point(year, str(level), level) for year, level in each["points"]]),
        )
        for each in read["series"]
    ]
    facts = [
        Panel(
            title=typeset(each["title"]),
            source=typeset(each["source"]),
            caveat=typeset(each["caveat"]),
            rows=[(typeset(name), typeset(figure)) for name, figure in each["rows"]],
        )
        for each in read["facts"]
    ]
    return [*series, *facts]
