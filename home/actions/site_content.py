"""Give a new portal its first pages. What editors wrote since is never touched."""

from calendar import monthrange
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site, Workflow, WorkflowPage

from home import content
from home.models import HomePage, ProtocolIndexPage, StandardPage
from network.models import PhoneLine
from training.actions.editing import attach_review
from training.models import TrainingIndexPage, WebinarIndexPage, WebinarPage

REVIEW = "Relecture médicale"


@transaction.atomic
def load_site(*, on: date) -> int:
    """Create the pages that are missing, and return how many.

    `on` is the day from which the season of webinars is coming. A page is known by its address.
    """
    before = set(Page.objects.values_list("pk", flat=True))
    home = _home()
    for text in content.pages():
        _standard_page(home, text)
    season = content.read("agenda.toml")
    agenda = _agenda(home, season)
    for text in season["webinars"]:
        _webinar(agenda, text, season["registration"], on)
    _catalogue(home)
    attach_review()
    _protocols(home)
    _lines()
    return Page.objects.exclude(pk__in=before).count()


def _home() -> HomePage:
    """The front page, in the place of the welcome page that Wagtail makes."""
    found = HomePage.objects.first()
    if found:
        return found
    text = content.read("home.toml")
    root = Page.objects.get(depth=1)
    home = HomePage(
        title=text["title"],
        slug="accueil",
        headline=text["headline"],
        lede=text["lede"],
        search_description=text["description"],
        buttons=[("link", content.link(button)) for button in text["buttons"]],
        doors=[
            ("door", {**door, "links": [content.link(link) for link in door["links"]]})
            for door in text["doors"]
        ],
        contact=[("contact", content.contact(text["contact"]))],
        figures=[("figure", figure) for figure in text["figures"]],
    )
    publish(root, home)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.root_page, site.site_name = home, "Ariane"
    site.hostname = site.hostname or "localhost"
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
    return home


def _standard_page(home: HomePage, text: dict[str, Any]) -> None:
    *above, slug = text["path"].strip("/").split("/")
    parent = _at(home, above)
    if parent.get_children().filter(slug=slug).exists():
        return
    page = StandardPage(
        title=text["title"],
        slug=slug,
        menu_label=text.get("menu", ""),
        show_in_menus="menu" in text,
        lede=text["lede"],
        search_description=text["description"],
        body=content.body(text["body"]),
    )
    publish(parent, page)


def _agenda(home: HomePage, text: dict[str, Any]) -> WebinarIndexPage:
    found = WebinarIndexPage.objects.first()
    if found:
        return found
    agenda = WebinarIndexPage(
        title=text["title"],
        slug=text["path"].strip("/"),
        show_in_menus=True,
        intro=text["intro"],
        search_description=text["description"],
    )
    publish(home, agenda)
    return agenda


def _catalogue(home: HomePage) -> None:
    if TrainingIndexPage.objects.exists():
        return
    text = content.read("formation.toml")
    catalogue = TrainingIndexPage(
        title=text["title"],
        slug=text["path"].strip("/"),
        intro=text["intro"],
        search_description=text["description"],
    )
    publish(home, catalogue)


def _protocols(home: HomePage) -> None:
    """The list of shared protocols, each read by a physician before it is published."""
    if ProtocolIndexPage.objects.exists():
        return
    text = content.read("protocols.toml")
    index = ProtocolIndexPage(
        title=text["title"],
        slug=text["path"].strip("/"),
        intro=text["intro"],
        search_description=text["description"],
    )
    publish(home, index)
    for workflow in Workflow.objects.filter(name=REVIEW):
        WorkflowPage.objects.get_or_create(page=index.page_ptr, defaults={"workflow": workflow})


def _lines() -> None:
    """The lines to complete, where there is none yet."""
    if PhoneLine.objects.exists():
        return
    for text in content.read("lines.toml")["lines"]:
        number = settings.SECRETARIAT_PHONE if text.pop("secretariat", False) else ""
        PhoneLine.objects.create(number=number, **text)


def _webinar(agenda: WebinarIndexPage, text: dict[str, Any], registration: str, on: date) -> None:
    if agenda.get_children().filter(slug=text["slug"]).exists():
        return
    points = "".join(f"<li>{point}</li>" for point in text.get("programme", []))
    page = WebinarPage(
        title=text["title"],
        slug=text["slug"],
        theme=text["theme"],
        subject=text["subject"],
        held_on=coming(text, on),
        date_known="day" in text,
        starts_at=time.fromisoformat(text["hour"]) if "hour" in text else None,
        minutes=text.get("minutes", 60),
        mode=text.get("mode", "video"),
        place=text.get("place", ""),
        introduction=text["introduction"],
        programme=f"<ul>{points}</ul>" if points else "",
        speakers=[("speaker", speaker) for speaker in text["speakers"]],
        registration=text.get("registration", registration),
        price_liberal=Decimal(text.get("price_liberal", 0)),
        price_salaried=Decimal(text.get("price_salaried", 0)),
        price_student=Decimal(text.get("price_student", 0)),
        link=text.get("link", ""),
        seats_on_site=text.get("seats_on_site", 0),
        seats_remote=text.get("seats_remote", 0),
    )
    publish(agenda, page)


def coming(text: dict[str, Any], on: date) -> date:
    """The next day (`day`, month-day) or last day of the month (`month`) not before `on`."""
    for year in (on.year, on.year + 1):
        if "day" in text:
            day = date.fromisoformat(f"{year}-{text['day']}")
        else:
            day = date(year, text["month"], monthrange(year, text["month"])[1])
        if day >= on:
            return day
    raise ValueError(text["slug"])


def _at(home: HomePage, slugs: list[str]) -> Page:
    page: Page = home
    for slug in slugs:
        page = page.get_children().get(slug=slug)
    return page


def publish(parent: Page, page: Page) -> None:
    """Put a page under another, with a first version that everybody may read."""
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
