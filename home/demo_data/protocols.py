"""Protocols of the demo: a public one, two for professionals, of which one should be read again."""

from home import content
from home.actions.site_content import publish
from home.demo_data.calendar import Calendar
from home.demo_data.sheets import document
from home.models import ProtocolIndexPage, ProtocolPage


def load_protocols(calendar: Calendar) -> None:
    """The pages of the list that a new portal has, once."""
    if ProtocolPage.objects.exists():
        return
    index = ProtocolIndexPage.objects.get()
    for each in document("protocols.toml")["protocols"]:
        page = ProtocolPage(
            title=each["title"],
            slug=each["slug"],
            lede=each["lede"],
            search_description=each["lede"],
            audience=each["audience"],
            version=each["version"],
            authors=each["authors"],
            reviewed_on=calendar.day(each["reviewed"]),
            review_on=calendar.day(each["next"]),
            words=each["words"],
            body=content.body(each["body"]),
            sources=[("source", f"<p>{source}</p>") for source in each["sources"]],
        )
        publish(index, page)
