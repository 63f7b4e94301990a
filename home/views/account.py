"""« Mon compte »: what one can change about the own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def account(request: HttpRequest) -> HttpResponse:
    return render(request, "home/account.html")


account.perm = "signed_in"  # type: ignore[attr-defined]
