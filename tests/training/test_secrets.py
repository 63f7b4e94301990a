"""The server is the only judge: what is not decided is in no response, header, or file."""

import re
from typing import Any

import pytest
from django.test import Client

from home.models import HomePage
from tests.factories.learning import make_learner
from tests.factories.network import sign_in
from tests.factories.training import (
    block_id,
    decision,
    findings,
    make_card,
    make_index,
    make_vignette,
    narrative,
    option,
    publish,
    quoting,
    small_case,
    take_home,
)
from tests.proofs.scale import scaled
from tests.training.crawl import (
    Found,
    Pick,
    crawl,
    first_option,
    last_option,
    plain,
    right_options,
    search,
    start,
)
from training.actions.contents import load_contents
from training.enums import Answering, Verdict
from training.models import (
    Answer,
    CaseVersion,
    EvidenceCard,
    ItemVersion,
    Run,
    Tally,
    VignettePage,
)
from training.rules.cases import Decision, Option, Step
from training.selectors import screen
from training.selectors.screen import Asked

pytestmark = [pytest.mark.django_db, pytest.mark.portable, pytest.mark.wide]
JUDGES = (Decision, Option, Step, ItemVersion, CaseVersion, Run, Answer, Tally, EvidenceCard)
"""What no template may hold while a question is open."""
PICKS = {"first": first_option, "last": last_option, "right": right_options}


@pytest.fixture
def learner(site: HomePage) -> Client:
    return sign_in(Client(), make_learner())


def every_kind(mark: str = "caché") -> list[dict[str, Any]]:
    """A case of each kind of step and of answer, with branches; `mark` is in all that judges."""
    near = make_card(
        claim=f"Ce que la fiche affirme {mark}",
        population=f"La population {mark} de la fiche",
        reference=f"Une référence {mark}, Revue 2009",
        identifier=f"10.1000/{mark}.2009",
        conflicts=f"Une autre source {mark} dit autrement",
    )

    def judged(name: str, verdict: Verdict, **value: Any) -> dict[str, Any]:
        return option(name, verdict, feedback=f"<p>Retour {mark} de l'option {name}</p>", **value)

    told: dict[str, Any] = {
        "explanation": f"<p>Explication {mark} & leçon</p>",
        "evidence": quoting(near),
    }
    return [
        narrative("accueil", "<p>Une femme de 53 ans revient avec la même douleur.</p>"),
        findings("examen", **{"Où a-t-elle mal": "Sous l'aisselle et le long du bras droit"}),
        decision(
            "choix",
            [
                judged("chercher la cause du mal", Verdict.RIGHT, target=f"repère-{mark}-un"),
                judged("attendre la consultation suivante", Verdict.WRONG, target="détour-caché"),
                judged("autre idée, à préciser ici", Verdict.ACCEPTABLE, own_words=True),
            ],
            stem="Que faites-vous pour elle ?",
            **told,
        ),
        narrative("détour-caché", "<p>Trois semaines passent avant son retour.</p>"),
        decision(
            f"repère-{mark}-un",
            [
                judged("palper la cicatrice et l'aisselle", Verdict.REQUIRED),
                judged("demander une imagerie nouvelle", Verdict.RIGHT),
                judged("essayer un opioïde pour voir", Verdict.FORBIDDEN),
            ],
            Answering.SEVERAL,
            stem="Que vérifiez-vous aujourd'hui ?",
            **told,
        ),
        decision(
            "ordre-des-gestes",
            [judged(f"geste de rang numéro {n}", Verdict.RIGHT) for n in (1, 2, 3)],
            Answering.ORDER,
            stem="Dans quel ordre procédez-vous ?",
            **told,
        ),
        decision(
            "nom-de-la-douleur",
            [
                judged("névralgie du nerf caché", Verdict.RIGHT, forms="névralgie intercostale"),
                judged("toute autre chose que cela", Verdict.WRONG, otherwise=True),
            ],
            Answering.SHORT,
            stem="Comment nommez-vous cette douleur ?",
            **told,
        ),
        take_home("fin", "Une douleur qui dure a souvent un nom."),
    ]


def shipped() -> list[VignettePage]:
    """The cases given with the portal, signed and published."""
    load_contents(make_index())
    pages = list(VignettePage.objects.order_by("path"))
    for page in pages:
        publish(page)
    return pages


@pytest.mark.prove
@pytest.mark.parametrize("pick", PICKS.values(), ids=PICKS)
def test_case_of_every_kind_keeps_its_secrets(learner: Client, pick: Pick) -> None:
    page = make_vignette(every_kind())
    found = crawl(learner, start(learner, page), page, pick)
    assert found.leaks == set()
    assert (found.responses > 100, found.searched > 50) == (True, True)


@pytest.mark.prove
def test_shipped_cases_keep_their_secrets(learner: Client) -> None:
    pages = shipped()
    assert len(pages) == 3
    paths = list(zip(pages, PICKS.values(), strict=True))
    for page, pick in paths[: scaled(1, 3)]:
        found = crawl(learner, start(learner, page), page, pick)
        assert (page.slug, found.leaks) == (page.slug, set())
        assert found.searched > 50


def test_search_finds_a_secret_that_is_planted(
    learner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without it, a search that finds nothing proves nothing."""
    page = make_vignette(every_kind())
    run = start(learner, page)
    honest = screen.asked

    def careless(item: ItemVersion) -> Asked:
        asked = honest(item)
        feedback = item.decision.options[0].feedback
        stem = f"{asked.stem} <!-- {feedback} -->"
        return Asked(asked.step, stem, asked.answering, asked.options)

    monkeypatch.setattr("training.views.case.asked", careless)
    go_on(learner, run)
    go_on(learner, run)
    found = Found()
    search(learner, run, page, found)
    assert plain("Retour caché de l'option chercher la cause du mal") in found.leaks


@pytest.mark.parametrize("where", ["header", "static"])
def test_search_reads_headers_and_files(
    learner: Client, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    page = make_vignette(every_kind())
    run = start(learner, page)
    secret = "Explication caché & leçon"
    if where == "header":
        monkeypatch.setattr("tests.training.crawl.words_of", lambda response: f"X-Hint: {secret}")
    else:
        monkeypatch.setattr("tests.training.crawl.statics", lambda html: [f"/* {secret} */"])
    found = Found()
    search(learner, run, page, found)
    assert plain(secret) in found.leaks


def go_on(client: Client, run: Run) -> None:
    client.post(f"/se-former/parcours/{run.pk}/suite/", {"step": str(run.position)})
    run.refresh_from_db()


def question(client: Client, page: VignettePage) -> str:
    """The page of the first question, without what changes at each request."""
    run = start(client, page)
    go_on(client, run)
    go_on(client, run)
    html = client.get(f"/se-former/parcours/{run.pk}/").content.decode()
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
    return html.replace(f"/parcours/{run.pk}/", "/parcours/N/")


def test_page_of_a_question_does_not_depend_on_its_answer(learner: Client) -> None:
    """Two cases that differ by verdicts, feedback, evidence and branches alone look the same."""
    here, other = every_kind("caché"), every_kind("ailleurs")
    options = [each["value"] for each in other[2]["value"]["options"]]
    verdicts = [each["verdict"] for each in options]
    for each, verdict in zip(options, verdicts[1:] + verdicts[:1], strict=True):
        each["verdict"] = verdict
    one, two = (make_vignette(each, title="Le cas") for each in (here, other))
    html = question(learner, one)
    assert "Que faites-vous pour elle" in html
    assert html == question(learner, two)


def test_templates_of_a_question_hold_no_judge(learner: Client, every_template: None) -> None:
    page = make_vignette(small_case())
    run = start(learner, page)
    learner.post(f"/se-former/parcours/{run.pk}/suite/", {"step": str(run.position)})
    answer = learner.get(f"/se-former/parcours/{run.pk}/")
    assert "choix : que faites-vous" in plain(answer.content.decode())
    seen: list[object] = []
    layers: Any = answer.context
    for layer in layers:
        for values in layer.dicts:
            seen += list(values.values())
    held = [value for value in seen if any(isinstance(each, JUDGES) for each in _within(value))]
    assert held == []


def _within(value: object, depth: int = 3) -> list[object]:
    """A value and what its fields hold, some levels down."""
    found = [value]
    if depth:
        parts: list[object] = []
        if isinstance(value, dict):
            parts = list(value.values())
        elif isinstance(value, list | tuple):
            parts = list(value)
        elif type(value).__module__.startswith("training."):
            names = getattr(type(value), "__slots__", None) or vars(value)
            parts = [getattr(value, name, None) for name in names]
        for part in parts:
            found += _within(part, depth - 1)
    return found


def test_short_question_sends_none_of_its_answers(learner: Client) -> None:
    name = decision(
        "nommer",
        [
            option("névralgie brachio-thoracique", Verdict.RIGHT),
            option("autre", otherwise=True),
        ],
        Answering.SHORT,
    )
    run = start(learner, make_vignette([name, take_home("fin")]))
    html = learner.get(f"/se-former/parcours/{run.pk}/").content.decode()
    assert "brachio" not in html
    assert block_id("option névralgie brachio-thoracique") not in html
