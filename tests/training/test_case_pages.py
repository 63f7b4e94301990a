"""The screens of a case: what is sent, what is refused, what is kept, and for whom."""

import gzip
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import HomePage
from network.enums import Profession, Role
from tests.factories.learning import make_learner
from tests.factories.network import make_user, sign_in
from tests.factories.training import (
    block_id,
    decision,
    findings,
    make_module,
    make_vignette,
    narrative,
    option,
    small_case,
    take_home,
)
from tests.training.crawl import plain, start, statics
from training.actions.runs import start_run
from training.enums import Answering, Certainty, Part, Unanswered, Verdict
from training.models import Answer, CaseVersion, ClinicalTool, Run, Tally, VignettePage
from training.models.runs import FIRST, SECOND
from training.models.versions import project
from training.wording import UNANSWERED

pytestmark = [pytest.mark.django_db, pytest.mark.portable]


@pytest.fixture
def learner(site: HomePage) -> Client:
    return sign_in(Client(), make_learner(Profession.DOCTOR))


@pytest.fixture
def page(site: HomePage) -> VignettePage:
    return make_vignette()


def choice(name: str) -> str:
    return block_id(f"option {name}")


def at(run: Run, **query: Any) -> str:
    return reverse("training:run", args=[run.pk], query=query or None)


def go_on(client: Client, run: Run) -> Any:
    run.refresh_from_db()
    address = reverse("training:go_on", args=[run.pk])
    return client.post(address, {"step": str(run.position)}, follow=True)


def at_question(client: Client, page: VignettePage) -> Run:
    """A run of the small case at its first question."""
    run = start(client, page)
    go_on(client, run)
    run.refresh_from_db()
    return run


def answer(client: Client, run: Run, *names: str, sure: int = 2) -> Any:
    run.refresh_from_db()
    data = {"step": str(run.position), "certainty": sure, "choice": [choice(n) for n in names]}
    return client.post(at(run), data, follow=True)


def text(response: Any) -> str:
    return plain(response.content.decode())


def test_way_through_a_case(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    told = answer(learner, run, "chercher", sure=3)
    assert told.redirect_chain == [(at(run), 302)]
    assert "c'est la réponse attendue" in text(told)
    assert "vous étiez « très sûr » : +3 points." in text(told)
    assert "retour de chercher" in text(told)
    assert "explication de choix" in text(told)
    assert "que faites-vous" in text(go_on(learner, run))
    assert "tout y est" in text(answer(learner, run, "cicatrice", "ganglions", sure=1))
    assert "chercher, nommer, traiter." in text(go_on(learner, run))
    end = text(go_on(learner, run))
    assert ("2 sur 2" in end, "+4" in end, "au mieux +6" in end) == (True, True, True)


def test_nothing_chosen_is_said_beside_each_field(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    refused = learner.post(at(run), {"step": str(run.position)})
    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "choice": ["Choisissez ou écrivez une réponse."],
        "certainty": ["Dites à quel point vous êtes sûr."],
    }
    assert Answer.objects.count() == 0


def test_what_was_chosen_is_kept_when_certainty_lacks(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    kept = {"step": str(run.position), "choice": choice("rassurer")}
    html = learner.post(at(run), kept).content.decode()
    assert re.findall(r'value="([^"]+)"[^>]* checked', html) == [choice("rassurer")]


def test_double_click_answers_once(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    answer(learner, run, "chercher")
    again = answer(learner, run, "augmenter", sure=3)
    assert "réponse attendue" in text(again)
    [given] = Answer.objects.all()
    assert (given.chosen, given.certainty) == ("D", Certainty.MIDDLE)


def test_first_choice_is_frozen_by_the_database(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    answer(learner, run, "augmenter", sure=3)
    for write in (
        lambda: Answer.objects.update(chosen="D"),
        lambda: Answer.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    assert Answer.objects.get().chosen == "B"


def test_screen_left_behind_says_where_the_case_is(learner: Client, page: VignettePage) -> None:
    run = start(learner, page)
    late = {"step": block_id("step choix"), "choice": choice("chercher"), "certainty": 2}
    shown = learner.post(at(run), late, follow=True)
    assert "ce cas a avancé sur un autre écran" in text(shown)
    assert "elle a mal." in text(shown)
    assert Answer.objects.count() == 0


def test_undecided_question_is_not_left(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    assert "décidez d'abord" in text(go_on(learner, run))


def test_case_is_resumed_on_another_device(page: VignettePage) -> None:
    user = make_learner()
    phone, desk = sign_in(Client(), user), sign_in(Client(), user)
    run = at_question(phone, page)
    answer(phone, run, "chercher")
    assert start(desk, page).pk == run.pk
    assert "retour de chercher" in text(desk.get(at(run)))
    assert "étape 2 : lire l'explication" in text(desk.get(reverse("training:home")))
    assert "étape 2 : lire l'explication" in text(desk.get(reverse("home:dashboard")))


def test_somebody_else_finds_nothing(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    other = sign_in(Client(), make_learner())
    data = {"step": str(run.position), "certainty": 2, "choice": choice("chercher")}
    statuses = [
        other.get(at(run)).status_code,
        other.post(at(run), data).status_code,
        other.post(reverse("training:go_on", args=[run.pk]), data).status_code,
        other.post(reverse("training:again", args=[run.pk]), data).status_code,
    ]
    assert statuses == [404, 404, 404, 404]
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1", "vous relisez l'étape 1 sur 2"),
        ("2", "votre réponse"),
        ("3", None),
        ("0", None),
        ("-1", None),
        ("99999999", None),
        ("fin", None),
        ("²", None),
    ],
)
def test_only_passed_steps_are_read_again(
    learner: Client, page: VignettePage, number: str, said: str | None
) -> None:
    run = at_question(learner, page)
    shown = learner.get(at(run, etape=number))
    if said is None:
        assert (shown.status_code, shown.headers["Location"]) == (302, at(run))
    else:
        assert said in text(shown)


def test_finished_case_is_read_again(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    answer(learner, run, "rassurer")
    go_on(learner, run)
    answer(learner, run, "attendre")
    go_on(learner, run)
    assert "cas terminé" in text(go_on(learner, run))
    shown = text(learner.get(at(run, etape=2)))
    assert ("vous relisez l'étape 2 sur 4" in shown, "retour de rassurer" in shown) == (True, True)
    assert "une seconde fois" not in shown


def test_second_answer_stays_beside_the_first(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    answer(learner, run, "rassurer", sure=3)
    address = reverse("training:again", args=[run.pk])
    data = {"step": str(run.position), "certainty": 2, "choice": choice("chercher")}
    assert learner.post(address, data | {"choice": ""}).status_code == 422
    shown = learner.post(address, data, follow=True)
    assert "votre seconde réponse : chercher" in text(shown)
    rounds = Answer.objects.order_by("round").values_list("round", "chosen", "marks")
    assert list(rounds) == [(FIRST, "C", -6), (SECOND, "D", 0)]


def test_second_answer_before_the_first_is_refused(learner: Client, page: VignettePage) -> None:
    run = at_question(learner, page)
    data = {"step": str(run.position), "certainty": 2, "choice": choice("chercher")}
    shown = learner.post(reverse("training:again", args=[run.pk]), data, follow=True)
    assert "répondez d'abord une première fois" in text(shown)
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    ("ranks", "wrong", "reason"),
    [
        ({"A": 1, "B": 1, "C": 3}, "rank_B", Unanswered.REPEATED),
        ({"A": 1, "B": 2}, "rank_C", Unanswered.INCOMPLETE),
        ({"A": 1, "B": 2, "C": 4}, "rank_C", None),
    ],
)
def test_order_that_is_none_is_refused(
    learner: Client, ranks: dict[str, int], wrong: str, reason: Unanswered | None
) -> None:
    run = start(learner, make_vignette(in_order()))
    refused = learner.post(at(run), ranked(run, ranks))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [wrong])
    if reason:
        assert refused.context["form"].errors[wrong] == [UNANSWERED[reason]]


def test_order_is_given_by_ranks(learner: Client) -> None:
    run = start(learner, make_vignette(in_order()))
    shown = text(learner.post(at(run), ranked(run, {"A": 3, "B": 1, "C": 2}), follow=True))
    assert "l'ordre attendu" in shown
    assert Answer.objects.get().chosen == "BCA"
    assert list(Tally.objects.order_by("letter").values_list("letter", "people")) == [
        ("", 1),
        ("B", 1),
    ]  # what is placed first


def in_order() -> list[dict[str, Any]]:
    options = [option(name, Verdict.RIGHT) for name in ("d'abord", "ensuite", "enfin")]
    return [decision("ordre", options, Answering.ORDER), take_home("fin")]


def ranked(run: Run, ranks: dict[str, int]) -> dict[str, Any]:
    given = {f"rank_{letter}": rank for letter, rank in ranks.items()}
    return {"step": str(run.position), "certainty": 2} | given


def test_own_words_are_asked_with_their_option(learner: Client) -> None:
    options = [option("chercher", Verdict.RIGHT), option("autre chose", own_words=True)]
    run = start(learner, make_vignette([decision("choix", options), take_home("fin")]))
    data = {"step": str(run.position), "certainty": 1, "choice": choice("autre chose")}
    refused = learner.post(at(run), data | {"words": " "})
    assert refused.context["form"].errors == {"words": ["Dites-le en quelques mots."]}
    shown = learner.post(at(run), data | {"words": "Je <b>rappelle</b>"}, follow=True)
    assert "Je &lt;b&gt;rappelle&lt;/b&gt;" in shown.content.decode()
    assert Answer.objects.get().words == "Je <b>rappelle</b>"


def test_short_answer_is_recognised(learner: Client) -> None:
    options = [
        option("névralgie", Verdict.RIGHT, forms="névralgie brachiale"),
        option("autre", otherwise=True),
    ]
    case = [decision("nommer", options, Answering.SHORT), take_home("fin")]
    run = start(learner, make_vignette(case))
    data = {"step": str(run.position), "certainty": 1}
    assert learner.post(at(run), data | {"words": ""}).status_code == 422
    shown = text(learner.post(at(run), data | {"words": "Névralgie Brachiale"}, follow=True))
    assert "vous avez écrit « névralgie brachiale »" in shown
    assert "c'est la réponse attendue" in shown


def test_branch_leads_where_its_option_says(learner: Client) -> None:
    case = [
        decision(
            "choix",
            [option("attendre", target="détour"), option("chercher", Verdict.RIGHT, target="fin")],
        ),
        narrative("détour", "<p>Trois semaines passent.</p>", "fin"),
        take_home("fin", "Un point."),
    ]
    page = make_vignette(case)
    run = start(learner, page)
    answer(learner, run, "chercher")
    assert "un point." in text(go_on(learner, run))
    go_on(learner, run)
    run = start(learner, page)
    answer(learner, run, "attendre")
    assert "trois semaines passent" in text(go_on(learner, run))


@pytest.mark.parametrize(
    ("until", "shown"), [(None, False), ("2020-01-01", False), ("2999-01-01", True)]
)
def test_tool_shows_its_text_under_licence_alone(
    learner: Client, until: str | None, shown: bool
) -> None:
    facts = {"purpose": "Repérer", "score_rule": "seuil à 4", "reference": "Revue 2005"}
    items = "La première question" if until else ""
    tool = ClinicalTool(title="Outil", items=items, licensed_until=until, **facts)
    tool.save()
    value = {"name": "", "target": "", "tool": tool.pk, "text": ""}
    step = {"type": "tool", "id": block_id("outil"), "value": value}
    run = start(learner, make_vignette([step, *small_case()[1:]]))
    html = text(learner.get(at(run)))
    assert ("seuil à 4" in html, "la première question" in html) == (True, shown)


def test_removed_tool_and_figure_do_not_stop_a_case(site: HomePage) -> None:
    """What a case quotes may be removed after its publication."""
    steps = [
        {"type": "tool", "id": block_id("outil"), "value": {"tool": 99}},
        {"type": "figure", "id": block_id("figure"), "value": {"image": 99}},
        *small_case()[1:],
    ]
    me, key, at_once = make_learner(), uuid4(), datetime(2026, 11, 16, 8, tzinfo=UTC)
    project(key=key, part=Part.CASE, title="Un cas", topic="back", steps=steps, at=at_once)
    run = start_run(key=key, part=Part.CASE, by=me, now=at_once)
    client = sign_in(Client(), me)
    assert "cet outil a été retiré" in text(client.get(at(run)))
    assert "cette figure a été retirée" in text(go_on(client, run))


def test_pretest_tells_nothing(site: HomePage) -> None:
    page, me = make_module(), make_learner()
    client = sign_in(Client(), me)
    version = CaseVersion.objects.of(page.translation_key, Part.PRETEST).get()
    run = start_run(key=page.translation_key, part=Part.PRETEST, by=me, now=version.published_at)
    question = version.case.decisions[0]
    data = {"step": question.id, "certainty": 3, "choice": question.options[1].id}
    shown = text(client.post(at(run), data, follow=True))
    read = text(client.get(at(run, etape=1)))
    told = ("retour de", "explication de", "attendue", "−6 points", "pairs ?")
    assert [word for word in told if word in shown + read] == []
    assert "votre réponse" in read


@pytest.mark.parametrize("key", [uuid4(), UUID(int=0)])
def test_case_that_is_not_published_is_not_found(learner: Client, key: UUID) -> None:
    assert learner.post(reverse("training:start", args=[key])).status_code == 404


def test_case_taken_off_line_is_not_begun(learner: Client, page: VignettePage) -> None:
    page.unpublish()
    address = reverse("training:start", args=[page.translation_key])
    assert learner.post(address).status_code == 404


def test_patients_and_accountants_do_not_learn(page: VignettePage) -> None:
    address = reverse("training:start", args=[page.translation_key])
    for role in (Role.PATIENT, Role.ACCOUNTANT, Role.EDITOR, Role.ADMINISTRATOR):
        assert sign_in(Client(), make_user(role)).post(address).status_code == 403


@pytest.mark.parametrize("long", [False, True])
def test_feedback_asks_the_same_queries_whatever_the_case(learner: Client, long: bool) -> None:
    more = [narrative(f"suite {n}") for n in range(20)] if long else []
    extra = findings("examen", **{f"signe {n}": "oui" for n in range(10 if long else 1)})
    case = [*more, extra, *small_case()[1:]]
    run = start(learner, make_vignette(case))
    for _each in range(len(more) + 1):
        go_on(learner, run)
    answer(learner, run, "chercher")
    with CaptureQueriesContext(connection) as asked:
        learner.get(at(run))
    peers = [q for q in asked.captured_queries if "training_tally" in q["sql"]]
    assert len(peers) == 1
    own = [q for q in asked.captured_queries if "training_" in q["sql"]]
    assert len(own) == 4  # run, items, answers, tallies


def test_page_of_a_question_is_light(learner: Client, page: VignettePage) -> None:
    """First view under 60 kB compressed, style sheets and scripts included."""
    run = at_question(learner, page)
    html = learner.get(at(run)).content.decode()
    assert re.findall(r'<script src="([^"]+)"', html) == ["/static/js/ariane.js"]
    files = [html, *statics(html)]
    assert len(files) > 8
    assert sum(len(gzip.compress(each.encode())) for each in files) < 60_000
