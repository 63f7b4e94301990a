"""Protocols of the demo: a public one, two for professionals, of which one should be read again."""

from wagtail.models import Workflow, WorkflowPage

from home import content
from home.actions.site_content import publish
from home.demo_data.calendar import Calendar
from home.demo_data.sheets import document
from home.models import HomePage, ProtocolIndexPage, ProtocolPage

REVIEW = "Relecture médicale"


def load_protocols(calendar: Calendar) -> None:
    """The list and its pages, once; the medical direction reads what is written there next."""
    if ProtocolIndexPage.objects.exists():
        return
    told = document("protocols.toml")
    index = ProtocolIndexPage(
        title=told["title"],
        slug=told["path"].strip("/"),
        intro=told["intro"],
        search_description=told["description"],
    )
    publish(HomePage.objects.get(), index)
    for workflow in Workflow.objects.filter(name=REVIEW):
        WorkflowPage.objects.get_or_create(page=index.page_ptr, defaults={"workflow": workflow})
    for each in told["protocols"]:
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
