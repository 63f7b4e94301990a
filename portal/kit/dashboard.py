"""What waits for a person after signing in: rooms register it, the home page gathers it.

A room adds a module `dashboard.py`, imported in its `AppConfig.ready`:

    from portal.kit import dashboard

    @dashboard.main_action(Perm.LOG_ACT, order=10)
    def log_an_act(user, today):
        return dashboard.Action(_("Noter un acte"), reverse("fees:log"), "add")

    @dashboard.todos(Perm.ARBITRATE, order=20)
    def acts_to_arbitrate(user, today):
        yield dashboard.Counted(_to_arbitrate, Act.objects.visible_to(user).to_arbitrate())

    def _to_arbitrate(count):
        yield dashboard.Todo(title=…, href=…, note=…, label=…, state="wait")

    @dashboard.card(Perm.LOG_ACT, order=30)
    def acts_of_the_month(user, today):
        return dashboard.Card("fees/dashboard_month.html", {"acts": …})

A provider is called only for the users who hold its permission. It asks a number of queries that
does not grow with the data, and returns nothing (no todo, `None`) when nothing waits. Todos and
cards are shown by rising `order`: 10–29 money and decisions with a clock, 30–59 the rest of the
day's work, 60 and more what can wait. The first action that answers is the page's filled button.
What is only counted is yielded as `Counted`: all the counts of a page are one query. What two
providers ask alike goes through `shared`, and is read once for the page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.functional import Promise

from portal.kit.counts import count_together

type Words = str | Promise
type State = Literal["", "info", "ok", "wait", "bad"]


@dataclass(frozen=True, slots=True)
class Todo:
    """One line, with the names of `components/todo.html`.

    `title`: what to do, verb first. `href`: where. `note`: a sentence. `label`: the words of the
    tag, `state` its colour.
    """

    title: Words
    href: str
    note: Words = ""
    label: Words = ""
    state: State = ""


class Counted:
    """Todos that depend on how many rows wait; `tell` gets each count, unless all are zero."""

    def __init__(self, tell: Callable[..., Iterable[Todo]], *rows: QuerySet[Any]) -> None:
        self.tell, self.rows = tell, rows


def told(asked: Iterable[Todo | Counted]) -> list[Todo]:
    """What one provider says, in full."""
    return next(_count([asked]))


def _count(answers: Iterable[Iterable[Todo | Counted]]) -> Iterator[list[Todo]]:
    """The todos of each provider, once all that they count is counted."""
    found = [list(each) for each in answers]
    rows = [r for each in found for item in each if isinstance(item, Counted) for r in item.rows]
    counts = iter(count_together(rows))
    for each in found:
        todos: list[Todo] = []
        for item in each:
            if isinstance(item, Todo):
                todos.append(item)
                continue
            numbers = [next(counts) for _ in item.rows]
            todos += item.tell(*numbers) if any(numbers) else ()
        yield todos


@dataclass(frozen=True, slots=True)
class Card:
    """A part of the page, drawn by the room's own template with its context.

    `wide` puts it in the main column (a table), otherwise it stands beside.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """The one filled button. `icon` is a name of `portal.kit.icons`."""

    label: Words
    href: str
    icon: str = ""


type Provider[T] = Callable[[Any, date], T]


@dataclass(frozen=True, slots=True)
class _Registered[T]:
    order: int
    perm: str
    provide: Provider[T]


class Registry[T]:
    """Providers of one kind of thing, in their order."""

    def __init__(self) -> None:
        self._providers: list[_Registered[T]] = []

    def __call__(self, perm: str, *, order: int) -> Callable[[Provider[T]], Provider[T]]:
        def register(provide: Provider[T]) -> Provider[T]:
            self._providers.append(_Registered(order, str(perm), provide))
            self._providers.sort(key=lambda registered: registered.order)
            return provide

        return register

    def answers(self, user: Any, today: date) -> Iterable[T]:
        """What each provider open to this user says, by rising order."""
        for registered in self._providers:
            if user.has_perm(registered.perm):
                yield registered.provide(user, today)


class Todos(Registry[Iterable[Todo | Counted]]):
    def answers(self, user: Any, today: date) -> Iterable[list[Todo]]:
        return _count(super().answers(user, today))


todos = Todos()
card: Registry[Card | None] = Registry()
main_action: Registry[Action | None] = Registry()
_READ: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("read", default=None)


@contextmanager
def gathering() -> Iterator[None]:
    """One page is being gathered: what its providers share is read once until the end."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def shared[T](read: Callable[[], T]) -> T:
    """What `read`, a function of a module, answers; asked once for the page being gathered."""
    kept = _READ.get()
    if kept is None:
        return read()
    if read not in kept:
        kept[read] = read()
    found: T = kept[read]
    return found
