"""Every address that the portal answers, and who lets whom in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its pattern, its name, its view."""

    pattern: str
    name: str
    view: Callable[..., Any]

    @property
    def perm(self) -> str | None:
        """The permission that `@allowed` asks for."""
        return getattr(self.view, "perm", None)

    @property
    def public(self) -> bool:
        """Open to people who have not signed in."""
        return not getattr(self.view, "login_required", True)

    @property
    def owner(self) -> str:
        """The top package of the view: one of ours, or a library's."""
        return self.view.__module__.split(".")[0]


def addresses() -> list[Address]:
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield Address(path, str(pattern.name or ""), pattern.callback)
        else:
            yield from _walk(pattern, path)
