"""Consents to share outside the team, and who read the file: for staff, and for the patient."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions.patients import note_reading
from network.actions.sharing import give_consent, note_sharing_reading, withdraw_consent
from network.enums import Circle
from network.forms.sharing import ConsentForm
from network.models import Patient
from network.models.sharing import CIRCLES
from network.selectors.readings import reading_page
from network.selectors.sharing import sharing_of
from network.views.own_plan import own_or_404
from network.views.pages import SignedIn, attempt, show_form, typed
from network.views.plans import writable_or_404
from portal.kit import clock
from portal.kit.access import allowed


def circle_or_404(text: str) -> Circle:
    if text not in set(Circle):
        raise Http404
    return Circle(text)


@allowed(Perm.RECORD_SHARING)
def sharing(request: SignedIn, code: str) -> HttpResponse:
    patient = writable_or_404(request, code)
    note_sharing_reading(patient=patient, by=request.user, now=clock.now())
    context = {"patient": patient, "circles": sharing_of(patient)}
    return render(request, "network/sharing/staff.html", context)


@allowed(Perm.RECORD_SHARING)
def give(request: SignedIn, code: str, circle: str) -> HttpResponse:
    """Record a consent that the patient has given."""
    patient, asked = writable_or_404(request, code), circle_or_404(circle)
    form = ConsentForm(typed(request), initial={"given_on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: give_consent(
            patient=patient, circle=asked, **form.cleaned_data, by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("L’accord est noté."))
        return redirect("network:sharing", code)
    context = {"form": form, "patient": patient, "words": CIRCLES[asked]}
    return show_form(request, "network/sharing/give.html", context)


@require_POST
@allowed(Perm.RECORD_SHARING)
def withdraw(request: SignedIn, code: str, circle: str) -> HttpResponse:
    patient, asked = writable_or_404(request, code), circle_or_404(circle)
    withdraw_consent(patient=patient, circle=asked, by=request.user, now=clock.now())
    messages.success(request, _("Le retrait est noté."))
    return redirect("network:sharing", code)


# --- The patient's own


@allowed(Perm.SEE_OWN_FILE)
def own_sharing(request: SignedIn, code: str) -> HttpResponse:
    """What the patient agrees to share: given or withdrawn by one button."""
    patient = own_or_404(request, code)
    if request.method == "POST":
        return _change(request, patient)
    note_sharing_reading(patient=patient, by=request.user, now=clock.now())
    return render(
        request,
        "network/sharing/own.html",
        {
            "patient": patient,
            "own": patient.user_id == request.user.pk,
            "circles": sharing_of(patient),
        },
    )


def _change(request: SignedIn, patient: Patient) -> HttpResponse:
    sent = request.POST
    circle = sent.get("retirer") or sent.get("donner") or ""
    if circle not in set(Circle):
        messages.error(request, _("Choisissez avec qui partager."))
        return redirect("network:own_sharing", patient.code)
    asked = Circle(circle)
    if "retirer" in sent:
        withdraw_consent(patient=patient, circle=asked, by=request.user, now=clock.now())
        messages.success(request, _("C’est noté\u00a0: vous ne partagez plus."))
    else:
        own = patient.user_id == request.user.pk
        give_consent(
            patient=patient,
            circle=asked,
            given_on=clock.today(),
            how=_("depuis son espace") if own else _("par son représentant, depuis son espace"),
            by=request.user,
            now=clock.now(),
        )
        messages.success(request, _("C’est noté, merci. Vous pouvez changer d’avis."))
    return redirect("network:own_sharing", patient.code)


@allowed(Perm.SEE_OWN_FILE)
def own_readers(request: SignedIn, code: str) -> HttpResponse:
    """« Qui a consulté mon dossier »: every read, when and in which capacity."""
    patient = own_or_404(request, code)
    note_reading(patient=patient, by=request.user, now=clock.now())
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and int(asked[:6]) > 0 else 1
    return render(
        request,
        "network/sharing/readers.html",
        {
            "patient": patient,
            "own": patient.user_id == request.user.pk,
            "page": reading_page(patient, number),
        },
    )
