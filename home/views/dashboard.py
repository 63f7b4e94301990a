"""The page after signing in: what waits for this person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def dashboard(request: HttpRequest) -> HttpResponse:
    return render(request, "home/dashboard.html")


dashboard.perm = "signed_in"  # type: ignore[attr-defined]
