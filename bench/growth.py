"""CPU seconds against volume on logarithmic axes: a straight line at 45° is linear growth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 130, 20, 50
COLOURS = ("#8a1c5b", "#10506e")


@dataclass(slots=True)
class Series:
    """One way of doing the work: its name, and (volume, CPU seconds) for each size."""

    name: str
    points: list[tuple[int, float]] = field(default_factory=list)


def growth(series: Sequence[Series], *, unit: str) -> str:
    """The drawing as SVG; dashed, what linear growth would be from the first point of each."""
    every = [point for each in series for point in each.points]
    across = _Axis([volume for volume, _ in every], LEFT, WIDTH - RIGHT)
    reached = [seconds for _, seconds in every] + [_linear(each) for each in series]
    upward = _Axis(reached, HEIGHT - BOTTOM, TOP)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            ' font-family="sans-serif" font-size="12">'
        ),
        f"<title>CPU seconds against {unit}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        *(_upright(across.at(each), f"{each:,.0f}") for each in across.marks()),
        *(_flat(upward.at(each), f"{each:g} s") for each in upward.marks()),
    ]
    for colour, each in zip(COLOURS, series, strict=True):
        parts += _curve(each, colour, across, upward)
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{unit}</text></svg>')
    return "\n".join(parts) + "\n"


def _linear(series: Series) -> float:
    """Seconds at the last size, had the first one grown with the volume."""
    (first, seconds), (last, _) = series.points[0], series.points[-1]
    return seconds * last / first


class _Axis:
    """From the power of ten below the least value to the one above the most."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low, self.high = floor(log10(min(values))), ceil(log10(max(values)))
        self.high = max(self.high, self.low + 1)
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def marks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _upright(x: float, label: str) -> str:
    foot = HEIGHT - BOTTOM
    return (
        f'<path d="M{x} {TOP}V{foot}" stroke="#ddd"/>'
        f'<text x="{x}" y="{foot + 18}" text-anchor="middle">{label}</text>'
    )


def _flat(y: float, label: str) -> str:
    return (
        f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{label}</text>'
    )


def _curve(series: Series, colour: str, across: _Axis, upward: _Axis) -> list[str]:
    points = [(across.at(volume), upward.at(seconds)) for volume, seconds in series.points]
    path = " ".join(f"{x},{y}" for x, y in points)
    linear = upward.at(_linear(series))
    x, y = points[-1]
    return [
        (
            f'<path d="M{points[0][0]} {points[0][1]}L{x} {linear}" stroke="{colour}"'
            ' stroke-dasharray="4 4" opacity="0.5"/>'
        ),
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{a}" cy="{b}" r="4" fill="{colour}"/>' for a, b in points),
        (
            f'<text x="{x + 8}" y="{y + 4}" fill="{colour}">{series.name}, '
            f"{series.points[-1][1]:.1f} s</text>"
        ),
    ]
