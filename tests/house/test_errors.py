"""Error pages say why, and the one next step; the last one needs nothing."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory

from portal import errors


def test_broken_page_needs_neither_database_nor_user() -> None:
    """No database fixture: any query would fail this test."""
    answer = errors.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Le portail a rencontré une panne" in answer.content.decode()
    assert "01 99 00 14 00" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "error", "status", "said"),
    [
        (errors.bad_request, SuspiciousOperation(), 400, "n’a pas été comprise"),
        (errors.forbidden, PermissionDenied(), 403, "ne vous est pas ouverte"),
        (errors.not_found, Http404(), 404, "Le fil s’arrête ici"),
    ],
)
def test_error_page_says_why(
    client: Client, view: object, error: Exception, status: int, said: str
) -> None:
    request = client.get("/compte/login/").wsgi_request
    answer = view(request, error)  # type: ignore[operator]
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
