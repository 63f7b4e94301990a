"""What a page must never do, and what every page must be."""

from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Response, ViewportSize

from network.models import User
from tests.proofs.scale import scaled

type OpenPage = Callable[..., Page]
type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
WIDTHS = (PHONE["width"], DESK["width"])
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REPORTS = (
    "Failed to load resource",  # repeats what `_misses` judges
    "axe.run results",  # the editor's checks, which its panel shows
    "htmx:sendAbort",  # a newer change took the place of a check under way, as `hx-sync` asks
    "htmx:afterRequest",  # said beside the abort, or beside an error that has its own name
)
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]  # all that dark can change
type Scheme = Literal["light", "dark"]
type Rules = dict[str, Any]
type Look = tuple[int, Scheme, Rules]
ALL: Rules = {"runOnly": RULES}
COLOURS: Rules = {"runOnly": RULES_OF_COLOUR}
STRUCTURE: Rules = ALL | {"rules": {rule: {"enabled": False} for rule in RULES_OF_COLOUR}}
"""All but the colours, whose rules take longer than all the others."""
ON_THE_WAY: Rules = ALL | {
    "rules": {rule: {"enabled": False} for rule in (*RULES_OF_COLOUR, "target-size")}
}
"""Nor the size of what is touched, two thirds of what is left: asked of every page by itself."""
WIDTH_ALONE: Rules = {}
"""No rule: whether the page scrolls sideways."""
QUICK: list[Look] = [(PHONE["width"], "light", ON_THE_WAY), (DESK["width"], "light", WIDTH_ALONE)]
CRAWL: list[Look] = [(PHONE["width"], "light", STRUCTURE), (DESK["width"], "light", WIDTH_ALONE)]
THOROUGH: list[Look] = [
    *((width, "light", ALL) for width in WIDTHS),
    *((width, "dark", COLOURS) for width in WIDTHS),
]
DARK: Look = (DESK["width"], "dark", COLOURS)
LOOKS = [QUICK, THOROUGH][scaled(0, 1)]
"""Width, scheme and rules of each look at a page: two in the small runs, four in `make prove`.

The gallery shows every component in all looks, and `test_every_page.py` the colours of pages and
the size of what is touched there."""
EACH_PAGE = [CRAWL, THOROUGH][scaled(0, 1)]
"""The looks of what goes through all the pages of a kind."""
AXE = Axe()
RUN_AXE = "async options => (await axe.run(options)).violations"


class Witness:
    """Watches a browser context; `faults` holds what no page may do."""

    def __init__(self, context: BrowserContext, *homes: str) -> None:
        self.homes = {urlsplit(home).netloc for home in homes}
        self.faults: list[str] = []
        context.on("request", lambda request: self._leaves(request.url))
        context.on("response", self._misses)
        context.on("console", self._says)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _leaves(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc not in self.homes:
            self.faults.append(f"request to another host: {url}")

    def _misses(self, response: Response) -> None:
        # a refused page is the journey's own business, a missing style sheet or script is not
        own = response.request.resource_type in {"document", "xhr", "fetch"}
        if response.status >= 500 or (response.status >= 400 and not own):
            self.faults.append(f"{response.status}: {response.url}")

    def _says(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REPORTS):
            self.faults.append(f"console: {message.text}")


def violations(page: Page, rules: Rules = ALL) -> list[str]:
    """What axe refuses on the page as it stands, one line per rule and place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    options = rules | {"resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE, options)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))} — {violation['help']}"
        for violation in found
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels the page scrolls sideways."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def faults_of(page: Page, looks: list[Look] = LOOKS) -> list[str]:
    """What axe refuses in these looks, and any sideways scroll, once the page has come.

    The page that a click leads to may come while the one before it is looked at.
    """
    try:
        return _faults(page, looks)
    except Error as error:
        if "because of a navigation" not in error.message:
            raise
        return faults_of(page, looks)


def _faults(page: Page, looks: list[Look]) -> list[str]:
    page.wait_for_load_state()
    size = page.viewport_size or DESK
    faults: list[str] = []
    for width, scheme, rules in looks:
        page.set_viewport_size({"width": width, "height": size["height"]})
        page.emulate_media(color_scheme=scheme)
        faults += [f"{width} px, {scheme}: {line}" for line in faults_as_it_stands(page, rules)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size)
    return faults


def faults_as_it_stands(page: Page, rules: Rules) -> list[str]:
    """What axe refuses at this width and in this scheme, and any sideways scroll."""
    faults = [f"scrolls sideways by {sideways} px"] if (sideways := overflow(page)) else []
    return faults + (violations(page, rules) if rules else [])


def assert_well_made(page: Page) -> None:
    """No fault of the above."""
    assert faults_of(page) == []
