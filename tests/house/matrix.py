"""The role × address matrix: reads a table, walks the addresses, asks each as each person.

To add addresses: one line per name in the table of test_access_matrix.py, or one per kind of
object (`own`, `other`…) when the address takes an identifier, whose values `World` gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from network.enums import Role
from tests.proofs.scale import SCALE

OPENS, REFUSED, NOT_FOUND, SIGN_IN = "Y", "F", "N", "L"
ROLES = (
    Role.PATIENT,
    Role.CLINICIAN,
    Role.COORDINATOR,
    Role.ACCOUNTANT,
    Role.EDITOR,
    Role.MEDICAL_DIRECTOR,
    Role.ADMINISTRATOR,
)
ELSEWHERE = ("allauth.", "wagtail.", "django.views.")
"""Views that are not ours: they have tests of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """What each role finds at an address, for one kind of object (`-` without object)."""

    name: str
    label: str
    answers: dict[Role, str]


@dataclass(slots=True)
class Address:
    """One of our addresses."""

    name: str
    parameters: frozenset[str]
    public: bool
    perm: str | None = field(default=None)


def our_addresses() -> dict[str, Address]:
    """Every named address whose view is written in this repository."""
    found: dict[str, Address] = {}
    for name, pattern in _walk(get_resolver()):
        view = pattern.callback
        if view.__module__.startswith(ELSEWHERE):
            continue
        if name in found:
            raise ValueError(f"two addresses are called {name}: a link would take either")
        perm = getattr(view, "perm", None)
        found[name] = Address(
            name=name,
            parameters=frozenset(pattern.pattern.regex.groupindex),
            # with a permission, the view asks by itself who comes
            public=perm is None and not getattr(view, "login_required", True),
            perm=perm,
        )
    return found


def _walk(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


def read_table(text: str) -> list[Line]:
    """Lines `name label F F Y F F F Y`, in the order of ROLES; `#` starts a comment."""
    lines = []
    for row in text.splitlines():
        words = row.partition("#")[0].split()
        if words:
            name, label, *letters = words
            lines.append(Line(name, label, dict(zip(ROLES, letters, strict=True))))
    return lines


def asked(lines: list[Line], role: Role) -> Iterator[tuple[Line, bool]]:
    """The lines to ask as this role, and whether once is enough.

    The guard refuses before any object is read: where a role is refused whatever the object, the
    quick suite asks for one of them, by one method; `make prove` asks for all, by both.
    """
    opened = {line.name for line in lines if line.answers[role] != REFUSED}
    seen: set[str] = set()
    for line in lines:
        if SCALE or line.name in opened:
            yield line, False
        elif line.name not in seen:
            seen.add(line.name)
            yield line, True


def ask(
    client: Client, line: Line, kwargs: dict[str, Any], data: dict[str, str], *, once: bool = False
) -> str:
    """The letter of what POST and GET answer; both when they differ. Leaves nothing behind."""
    cookies = client.cookies.output(header="", sep=";")
    client.raise_request_exception = False
    letters: set[str] = set()
    for method in ("post", "get"):
        if once and letters:
            break
        with transaction.atomic():
            answer = getattr(client, method)(reverse(line.name, kwargs=kwargs), data)
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        if answer.status_code != 405:
            letters.add(letter(answer))
    return "".join(sorted(letters))


def letter(answer: HttpResponseBase) -> str:
    if answer.status_code == 403:
        return REFUSED
    if answer.status_code == 404:
        return NOT_FOUND
    if answer.status_code == 302 and answer["Location"].startswith(resolve_url("account_login")):
        return SIGN_IN
    return OPENS if answer.status_code < 500 else f"!{answer.status_code}"
