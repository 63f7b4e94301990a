"""Load the demo: plan its history for a reference date, then play it, all or nothing."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from home.actions.computing import ask_for_figures, compute_figures
from home.actions.site_content import load_site
from home.demo_data.acts import check_decisions, plan_acts
from home.demo_data.bank import plan_bank
from home.demo_data.calendar import Calendar, at
from home.demo_data.claims import plan_claims
from home.demo_data.directory import load_directory, load_resources
from home.demo_data.education import plan_education
from home.demo_data.files import plan_files
from home.demo_data.learning import plan_learning
from home.demo_data.letters import mark_past_as_sent, plan_letters
from home.demo_data.lines import plan_lines
from home.demo_data.meetings import plan_meetings
from home.demo_data.past_meeting import plan_past_meeting
from home.demo_data.pathway import plan_pathways
from home.demo_data.payments import plan_payments
from home.demo_data.people import administrator_email, plan_professionals, plan_staff
from home.demo_data.protocols import load_protocols
from home.demo_data.reviews import plan_reviews
from home.demo_data.statements import plan_statements
from home.demo_data.story import Story
from network.models import Patient, User


class NotEmpty(Exception):
    """The database holds people who are not of the demo."""


def refuse_outside_demo() -> None:
    if not settings.DEMO:
        raise ImproperlyConfigured("the demo's people are for demo mode only")


def is_loaded() -> bool:
    return User.objects.filter(email=administrator_email()).exists()


def load_demo(*, reference: date) -> bool:
    """Load pages, people, files and acts as they stand at nine on `reference`; False if there.

    Raises NotEmpty rather than mix invented people with others.
    """
    refuse_outside_demo()
    load_site(on=reference)
    if is_loaded():
        return False
    if User.objects.exists() or Patient.objects.exists():
        raise NotEmpty
    with transaction.atomic():
        tell(Story(Calendar(reference)))
        now = at(reference, 9)
        compute_figures(computation=ask_for_figures(by=None, now=now), now=now)
    return True


def tell(story: Story) -> None:
    load_directory(story.calendar)
    load_resources(story.calendar)
    plan_lines(story)
    load_protocols(story.calendar)
    plan_staff(story)
    plan_professionals(story)
    plan_files(story)
    plan_reviews(story)
    plan_pathways(story)
    plan_acts(story)
    plan_claims(story)
    plan_payments(story)
    plan_statements(story)
    plan_bank(story)
    plan_learning(story)
    plan_meetings(story)
    plan_past_meeting(story)
    plan_education(story)
    plan_letters(story)
    story.tell()
    check_decisions(story)
    mark_past_as_sent()
