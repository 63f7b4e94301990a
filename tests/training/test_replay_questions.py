"""Questions of a recording, in one form: rows, refusals, and the answers that stay."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from network.enums import Role
from network.models import JournalEntry
from tests.factories.meetings import make_meeting
from tests.factories.network import make_user, sign_in
from tests.factories.replays import make_question, make_replay
from tests.public_site import NOW
from training.actions.replays import Stale, answer_question, keep_questions
from training.forms.questions import Typed, gestured, question_forms, typed_of
from training.models import Replay, ReplayAnswer
from training.rules.asking import MOST_CHOICES, MOST_QUESTIONS, Choice, Question
from training.selectors.replays import asked_of, questions_for, version_of

pytestmark = pytest.mark.usefixtures("db", "at_reference")
SLEEP = Question(30, "Que demander ?", (Choice("Le sommeil", True, "Oui."), Choice("Rien", False)))


def posted(rows: list[Typed], **more: str) -> dict[str, str]:
    """What a browser sends of these rows."""
    sent = {"q-TOTAL_FORMS": str(len(rows)), "q-INITIAL_FORMS": "0"} | more
    for place, row in enumerate(rows):
        own = {name: text for name, text in row.items() if name != "choices"}
        sent |= {f"q-{place}-{name}": str(text) for name, text in own.items()}
        choices = row.get("choices", [])
        sent |= {
            f"q-{place}-choices-TOTAL_FORMS": str(len(choices)),
            f"q-{place}-choices-INITIAL_FORMS": "0",
        }
        for rank, choice in enumerate(choices):
            for name, value in choice.items():
                if value:
                    sent[f"q-{place}-choices-{rank}-{name}"] = "on" if value is True else value
    return sent


def row(**changes: Any) -> Typed:
    choices = [{"text": "Le sommeil", "right": True, "feedback": "Oui."}, {"text": "Rien"}, {}]
    return {"at": "0:30", "stem": "Que demander ?", "explanation": "", "choices": choices} | changes


def errors_of(rows: list[Typed]) -> dict[str, list[str]]:
    """By the name of the control."""
    forms = question_forms(posted(rows), length=100)
    valid = forms.is_valid()
    found: dict[str, list[str]] = {}
    inner = [choice for each in forms.forms for choice in each.choices]
    for each in [*forms.forms, *inner]:
        found |= {each.add_prefix(name): list(words) for name, words in each.errors.items()}
    assert valid is (not found)
    return found


def test_form_reads_what_it_shows() -> None:
    rows = typed_of([SLEEP])
    shown = question_forms(rows, length=100)
    assert shown.typed == [
        {
            "at": "0:30",
            "stem": "Que demander ?",
            "explanation": "",
            "choices": [
                {"text": "Le sommeil", "right": True, "feedback": "Oui."},
                {"text": "Rien", "right": False, "feedback": ""},
            ],
        }
    ]
    sent = question_forms(posted(shown.typed), length=100)
    assert (sent.is_valid(), sent.questions) == (True, [SLEEP])


def test_rows_left_blank_are_none() -> None:
    forms = question_forms(posted([row(), *typed_of([])]), length=100)
    assert (forms.is_valid(), forms.questions) == (True, [SLEEP])


def test_browsers_ends_of_lines_are_not_another_text() -> None:
    forms = question_forms(posted([row(explanation="Un.\r\nDeux.")]), length=100)
    assert forms.is_valid()
    assert [each.explanation for each in forms.questions] == ["Un.\nDeux."]


@pytest.mark.parametrize(
    ("typed", "stem"),
    [("Que\r\n\r\n demander ?\r\n", "Que demander ?"), ("Que  demander ?", "Que  demander ?")],
)
def test_words_of_a_question_are_one_line_and_otherwise_untouched(typed: str, stem: str) -> None:
    forms = question_forms(posted([row(stem=typed)]), length=100)
    assert forms.is_valid()
    assert [each.stem for each in forms.questions] == [stem]


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([row()], {}),
        ([row(at="")], {"q-0-at": ["Écrivez le moment, comme 12:30."]}),
        ([row(at="demain")], {"q-0-at": ["Écrivez un temps comme 12:30."]}),
        ([row(at="1:40")], {"q-0-at": ["Ce moment est après la fin, à 1:40."]}),
        ([row(stem=" ")], {"q-0-stem": ["Écrivez la question."]}),
        ([row(), row(stem="Et ?")], {"q-1-at": ["Une autre question est déjà à ce moment."]}),
        (
            [row(choices=[{"text": "Oui", "right": True}, {}])],
            {"q-0-choices-1-text": ["Proposez au moins deux réponses."]},
        ),
        (
            [row(choices=[{"text": "Oui"}, {"text": "Non"}])],
            {"q-0-choices-0-right": ["Cochez au moins une bonne réponse."]},
        ),
        (
            [row(choices=[{"text": "Oui", "right": True}, {"text": "oui"}])],
            {"q-0-choices-1-text": ["Cette réponse est déjà proposée."]},
        ),
        (
            [row(choices=[{"text": "Oui"}, {"text": "Non"}, {"feedback": "Non."}])],
            {
                "q-0-choices-0-right": ["Cochez au moins une bonne réponse."],
                "q-0-choices-2-text": ["Écrivez cette réponse."],
            },
        ),
        (
            [row(choices=[{"text": "O" * 301, "feedback": "Oui."}, {"text": "Non"}])],
            {"q-0-choices-0-text": ["Une réponse tient en 300\u00a0caractères."]},
        ),
        ([row(choices=[])], {"q-0-__all__": ["Proposez au moins deux réponses."]}),
        (
            [row(at="9:00", choices=[{"text": "Oui"}])],  # all that is wrong is told at once
            {
                "q-0-at": ["Ce moment est après la fin, à 1:40."],
                "q-0-choices-0-text": ["Proposez au moins deux réponses."],
            },
        ),
    ],
)
def test_fault_told_beside_its_field(rows: list[Typed], errors: dict[str, list[str]]) -> None:
    assert errors_of(rows) == errors


A, B, C = {"text": "A"}, {"text": "B"}, {"text": "C"}


@pytest.mark.parametrize(
    ("gesture", "choices"),
    [
        ("up:q-0-choices-1", [B, A, C]),
        ("down:q-0-choices-1", [A, C, B]),
        ("up:q-0-choices-0", [A, B, C]),
        ("down:q-0-choices-2", [A, B, C]),
        ("remove:q-0-choices-1", [A, C]),
        ("add:q-0", [A, B, C, {}]),
        ("up:q-0-choices-9", [A, B, C]),
        ("up:q-4-choices-1", [A, B, C]),
        ("turn:q-0-choices-1", [A, B, C]),
        ("up:q-0", [A, B, C]),
        ("", [A, B, C]),
        ("remove:" + "9" * 40, [A, B, C]),
    ],
)
def test_gesture_on_choices(gesture: str, choices: list[Typed]) -> None:
    assert gestured([{"choices": [A, B, C]}], gesture) == [{"choices": choices}]


def test_gesture_on_questions() -> None:
    first, second = row(), row(stem="Et ?")
    added = gestured([first], "add")
    assert (added[0], [len(each["choices"]) for each in added]) == (first, [3, 3])
    assert gestured([first, second], "remove:q-0") == [second]
    assert gestured([first], "remove:q-0") == typed_of([])
    two = row(choices=[A, B])
    assert gestured([two], "remove:q-0-choices-0")[0]["choices"] == [B, {}]
    assert len(gestured([first] * MOST_QUESTIONS, "add")) == MOST_QUESTIONS
    full = row(choices=[A] * MOST_CHOICES)
    assert gestured([full], "add:q-0") == [full]


@pytest.fixture
def replay() -> Replay:
    return make_replay(make_meeting())


@pytest.fixture
def editor(client: Client) -> Client:
    sign_in(client, make_user(Role.EDITOR))
    return client


def address(replay: Replay) -> str:
    return f"/formation-rencontres/{replay.meeting_id}/replay/questions/"


def send(editor: Client, replay: Replay, rows: list[Typed], **more: str) -> HttpResponse:
    known = version_of(asked_of(replay))
    answer: Any = editor.post(address(replay), posted(rows, **{"known": known} | more))
    return answer


def test_editor_adds_changes_and_removes(editor: Client, replay: Replay) -> None:
    other = row(at="0:50", stem="Et ?")
    assert send(editor, replay, [other, row()]).status_code == 302
    assert asked_of(replay)[0].question == SLEEP
    assert [each.second for each in asked_of(replay)] == [30, 50]
    page = editor.get(address(replay)).content.decode()
    assert ['value="0:30"' in page, 'value="Le sommeil"' in page] == [True, True]
    assert send(editor, replay, [row(stem="Et alors ?")]).status_code == 302
    assert [each.stem for each in asked_of(replay)] == ["Et alors ?"]
    assert send(editor, replay, []).status_code == 302
    assert (asked_of(replay), replay.questions.count()) == ([], 3)
    verbs = JournalEntry.objects.filter(verb__in=["replay.asked", "replay.unasked"])
    assert (
        sorted(verbs.values_list("verb", flat=True))
        == ["replay.asked"] * 2 + ["replay.unasked"] * 2
    )


def test_gesture_and_refusal_lose_nothing_typed(editor: Client, replay: Replay) -> None:
    half = {"at": "jamais", "stem": "À moitié", "explanation": "Car.", "choices": [A, {}]}
    for status, more in ((200, {"do": "add"}), (422, {})):
        answer = send(editor, replay, [half], **more)
        assert answer.status_code == status
        html = answer.content.decode()
        kept = ['value="jamais"', ">\nÀ moitié</textarea>", ">\nCar.</textarea>", 'value="A"']
        assert [each in html for each in kept] == [True] * 4
        assert ("Écrivez un temps" in html) is (status == 422)
        assert ('id="id_q-1-at"' in html) is (status == 200)
    assert asked_of(replay) == []


def test_answers_stay_with_a_question_that_moves_or_stands(replay: Replay) -> None:
    by, nurse = make_user(Role.EDITOR), make_user(Role.CLINICIAN)
    first, last = make_question(replay, second=10), make_question(replay, second=60, stem="Fin ?")
    for each in (first, last):
        answer_question(question=each, chosen=[each.options[0]["id"]], by=nurse, now=NOW)

    def keep(*wanted: Question) -> list[tuple[int, str, bool]]:
        known = version_of(asked_of(replay))
        for _twice in range(2):  # the second time finds nothing to do
            keep_questions(replay=replay, questions=wanted, known=known, by=by, now=NOW)
        shown = questions_for(replay, nurse)
        return [(each.second, each.stem, each.right is not None) for each in shown]

    begin, end = first.question, last.question
    assert keep(begin, end) == [(10, begin.stem, True), (60, "Fin ?", True)]
    swapped = (_at(60, begin), _at(10, end))
    assert keep(*swapped) == [(10, "Fin ?", True), (60, begin.stem, True)]
    reworded = Question(10, "Et à la fin ?", end.choices, end.explanation)
    assert keep(swapped[0], reworded) == [(10, "Et à la fin ?", False), (60, begin.stem, True)]
    assert ReplayAnswer.objects.count() == 2


def _at(second: int, asked: Question) -> Question:
    return Question(second, asked.stem, asked.choices, asked.explanation)


def test_other_editors_questions_are_not_replaced_unseen(editor: Client, replay: Replay) -> None:
    known = version_of(asked_of(replay))
    make_question(replay)
    with pytest.raises(Stale):
        keep_questions(replay=replay, questions=[], known=known, by=make_user(), now=NOW)
    answer = send(editor, replay, [row()], known=known)
    html = answer.content.decode()
    assert (answer.status_code, "ont changé entre-temps" in html) == (409, True)
    assert ['value="0:30"' in html, version_of(asked_of(replay)) in html] == [True, True]
    assert [each.second for each in asked_of(replay)] == [10]


def test_rows_beyond_the_most_are_refused(editor: Client, replay: Replay) -> None:
    many = [row(at=f"0:{each}") for each in range(10, 11 + MOST_QUESTIONS)]
    assert send(editor, replay, many).status_code == 422
    assert editor.post(address(replay), {"known": "x"}).status_code == 422  # no row was sent
    assert editor.post(address(replay), {"do": "add"}).status_code == 200


def test_questions_typed_when_the_session_had_expired_come_back(
    client: Client, replay: Replay
) -> None:
    person = make_user(Role.EDITOR)
    sign_in(client, person)
    client.get("/compte/")
    Session.objects.all().delete()
    assert "/compte/login/" in send(client, replay, [row(at="jamais")])["Location"]
    sign_in(client, person)
    html = client.get(address(replay)).content.decode()
    assert ['value="jamais"' in html, "Votre session avait expiré" in html] == [True, True]
    assert ["Écrivez un temps" in html, asked_of(replay)] == [False, []]
