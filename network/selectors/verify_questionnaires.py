"""Recount of questionnaires: known instruments, unchanged, and scores that their answers make."""

from collections import Counter
from collections.abc import Iterator

from network.models import Response
from network.rules.catalogue import catalogue
from portal.kit.verify import Breach, recount


@recount("questionnaires")
def questionnaires(checked: Counter[str]) -> Iterator[Breach]:
    """Each response names a shipped version, and its scores are those of its answers."""
    rows = Response.objects.select_related("questionnaire").prefetch_related("answers")
    for response in rows.order_by("pk").iterator(chunk_size=500):
        checked["réponses"] += 1
        subject = f"questionnaire {response.questionnaire_id}, {response}"
        instrument = catalogue().get((response.instrument_id, response.version))
        if instrument is None or instrument.content_hash != response.content_hash:
            found = instrument.content_hash[:12] if instrument else None
            yield Breach(subject, found, response.content_hash[:12])
            continue
        if response.questionnaire.sent_at is None:
            continue
        answers = {each.item: each.value for each in response.answers.all()}
        expected = {score.id: score.of(answers) for score in instrument.scores}
        if response.scores != expected:
            yield Breach(subject, response.scores, expected)
