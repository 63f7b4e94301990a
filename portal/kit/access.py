"""Permissions asked once: a room names them in an enum and answers each with a small predicate.

`user.has_perm(Perm.X, obj)` works in views, templates (`user|may:…`) and Wagtail alike.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

Predicate = Callable[[Any, Any], bool]
_PREDICATES: dict[str, Predicate] = {}


def rule(perm: str) -> Callable[[Predicate], Predicate]:
    """Register the predicate `(user, obj) -> bool` that answers a permission; once each."""

    def register(predicate: Predicate) -> Predicate:
        if perm in _PREDICATES:
            raise ValueError(f"permission answered twice: {perm}")
        _PREDICATES[str(perm)] = predicate
        return predicate

    return register


def known_permissions() -> frozenset[str]:
    return frozenset(_PREDICATES)


class RuleBackend(BaseBackend):
    """Answers the rooms' permissions; leaves Wagtail's own to the next backend.

    A refusal is final: the next backend, which would query the database, is not asked.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        predicate = _PREDICATES.get(str(perm))
        if predicate is None:
            return False
        if user_obj.is_active and predicate(user_obj, obj):
            return True
        raise PermissionDenied


View = Callable[..., HttpResponseBase]


def allowed(perm: str) -> Callable[[View], View]:
    """Open a view to the users who hold `perm`; everybody else gets the 403 page.

    The permission stays readable on the view (`view.perm`), where the access matrix finds it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(perm):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.perm = perm  # type: ignore[attr-defined]
        return guarded

    return decorate
