"""The journal of accesses and changes."""

from django.http import HttpResponse
from django.shortcuts import render

from network.access import Perm
from network.forms.journal import JournalForm
from network.selectors.journal import journal_page
from network.views.pages import SignedIn
from portal.kit.access import allowed


@allowed(Perm.READ_JOURNAL)
def journal(request: SignedIn) -> HttpResponse:
    form = JournalForm(request.GET)
    number = request.GET.get("page", "1")
    page = journal_page(form.search, int(number) if number.isdecimal() and int(number) else 1)
    return render(request, "network/journal/list.html", {"form": form, "page": page})
