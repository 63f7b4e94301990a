"""The first contents: drafts until signed, complete, loaded once."""

import pytest

from home.models import HomePage
from tests.factories.training import make_index, publish
from training.actions.contents import load_contents
from training.enums import CardState, Part
from training.models import (
    CaseVersion,
    ClinicalTool,
    EvidenceCard,
    LessonPage,
    ModulePage,
    VignettePage,
)

pytestmark = pytest.mark.django_db


def test_contents_come_once_as_drafts(site: HomePage) -> None:
    index = make_index()
    assert load_contents(index) == 12
    assert load_contents(index) == 0
    counts = {
        model.__name__: (model.objects.count(), model.objects.live().count())
        for model in (VignettePage, ModulePage, LessonPage)
    }
    assert counts == {"VignettePage": (3, 0), "ModulePage": (3, 0), "LessonPage": (6, 0)}
    assert set(EvidenceCard.objects.values_list("state", flat=True)) == {CardState.TO_VERIFY}
    assert set(ClinicalTool.objects.values_list("items", flat=True)) == {""}


def test_signed_contents_can_be_learned(site: HomePage) -> None:
    load_contents(make_index())
    for page in VignettePage.objects.all():
        publish(page)
    versions = CaseVersion.objects.filter(part=Part.CASE).order_by("pk")
    assert [len(version.case.decisions[0].options) for version in versions] == [4, 5, 4]
