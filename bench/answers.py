"""Answers of learners at national size: peers' distribution and item statistics.

    DATABASE_URL=… python -m bench.answers [ANSWERS]

Fills the database at DATABASE_URL, if it is empty, with ANSWERS answers (`load_answers`). Each read
is measured beside its limit in the same run: the same SQL by the driver alone, which decides and
counts nothing. Then the committee's pages, through the whole portal.
"""

import os
import statistics
import sys
from collections.abc import Callable
from functools import partial
from io import StringIO
from time import perf_counter, process_time
from typing import Any, NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from network.actions.roles import grant_role  # noqa: E402
from network.enums import Profession, Role  # noqa: E402
from network.models import User  # noqa: E402
from portal.kit import clock  # noqa: E402
from tests.doors import sign_in  # noqa: E402
from training.actions.summaries import sum_up_questions  # noqa: E402
from training.models import Answer, ItemVersion, Tally  # noqa: E402
from training.selectors.peers import peers_of  # noqa: E402
from training.selectors.questions import versions_of_page  # noqa: E402
from training.selectors.statistics import count, counted_answers  # noqa: E402

READS, VIEWS = 200, 7
EDITOR = "editor@example.org"
MOST_PEERS, MOST_STATISTICS = 50, 2_000  # milliseconds


def main(answers: int) -> None:
    call_command("migrate", verbosity=0)
    if not Answer.objects.exists():
        began = perf_counter()
        call_command("load_answers", answers=answers, stdout=StringIO())
        loaded = perf_counter() - began
        print(f"\n{answers:,} answers loaded in {loaded:,.0f} s")
    stored = Answer.objects.count()
    print(f"\n{connection.vendor}, {stored:,} answers stored")
    print(f"{'':<44}{'ms (median)':>12}{'raw SQL, ms':>12}{'ratio':>8}{'limit, ms':>11}")
    _peers()
    _statistics()
    _pages()


def _peers() -> None:
    """Who answered what, among all, one's profession and the panel, for each question in turn."""
    items = list(ItemVersion.objects.all())
    asked = [items[each % len(items)] for each in range(READS)]
    ours = [_spent(partial(peers_of, item, Profession.DOCTOR)) for item in asked]
    rows = [_fetched(_tallies(item)) for item in asked]
    _line("peers of a question", ours, rows, MOST_PEERS)


def _tallies(item: ItemVersion) -> QuerySet[Any, Any]:
    rows = Tally.objects.filter(item=item)
    return rows.values_list("panel", "profession", "letter", "people")


def _statistics() -> None:
    """Every figure of every question of the most answered page, by profession too."""
    key = _most_answered()
    items = versions_of_page(key)
    read = len(list(counted_answers(key)))
    ours = [_spent(lambda: count(key, items, clock.now())) for _ in range(3)]
    rows = [_fetched(counted_answers(key)) for _ in range(3)]
    _line(f"item statistics of {read:,} answers", ours, rows, MOST_STATISTICS)
    every = _ms(lambda: sum_up_questions(now=clock.now()))
    print(f"{'the count of the night, every page':<44}{every:>12,.0f}")


def _most_answered() -> Any:
    return statistics.mode(Tally.objects.filter(letter="").values_list("item__case_key", flat=True))


def _pages() -> None:
    client = _editor()
    item = ItemVersion.objects.filter(case_key=_most_answered())[0]
    address = reverse("training:question", args=[item.pk])
    cache.clear()
    sign_in(client, User.objects.get(email=EDITOR))
    first = _ms(lambda: client.get(address))
    kept = [_ms(lambda: client.get(address)) for _ in range(VIEWS)]
    listed = [_ms(lambda: client.get(reverse("training:questions"))) for _ in range(VIEWS)]
    print(f"\n{'page, whole server time':<44}{'ms (median)':>12}")
    print(f"{'question, first view after an answer':<44}{first:>12,.0f}")
    print(f"{'question, figures kept':<44}{statistics.median(kept):>12,.0f}")
    print(f"{'list of questions':<44}{statistics.median(listed):>12,.0f}")


def _editor() -> Client:
    user = User.objects.filter(email=EDITOR).first()
    if user is None:
        user = User.objects.create_user(EDITOR, "fil-rouge-du-labyrinthe")
        grant_role(user=user, role=Role.EDITOR, by=None, now=clock.now())
    client = Client(headers={"host": "localhost"})
    sign_in(client, user)
    return client


class Spent(NamedTuple):
    """Milliseconds by the clock, and of the processor alone."""

    clock: float
    processor: float


def _spent(work: Callable[[], object]) -> Spent:
    began, spent = perf_counter(), process_time()
    work()
    return Spent(1000 * (perf_counter() - began), 1000 * (process_time() - spent))


def _ms(work: Callable[[], object]) -> float:
    return _spent(work).clock


def _fetched(rows: QuerySet[Any, Any]) -> Spent:
    """The same SQL by the driver, rows fetched and thrown away."""
    compiled, parameters = rows.query.sql_with_params()

    def fetch() -> None:
        cursor.execute(compiled, parameters)
        cursor.fetchall()

    with connection.cursor() as cursor:
        return _spent(fetch)


def _line(label: str, ours: list[Spent], limit: list[Spent], most: int) -> None:
    for name, place, told in (("", 0, f"{most:>11,}"), (", processor", 1, "")):
        found, raw = (statistics.median(each[place] for each in one) for one in (ours, limit))
        ratio = found / raw if raw else 0
        print(f"{label + name:<44}{found:>12,.2f}{raw:>12,.2f}{ratio:>8.1f}{told}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
