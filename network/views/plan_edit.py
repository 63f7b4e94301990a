"""Writing the care plan: one page, saved as it is typed, then read again and signed."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions.plans import (
    Page,
    Stale,
    drop_draft,
    note_plan_reading,
    save_draft,
    sign_plan,
)
from network.forms.plan import PlanForm, SignForm
from network.forms.plan_typed import Typed, blank, gestured, read_typed, typed_of
from network.models import Patient, PlanVersion, RcpFile
from network.rules.plan import revised
from network.rules.proofs import plan_in_time
from network.selectors import plans
from network.views.kept import kept_input
from network.views.pages import SignedIn, attempt
from network.views.plans import writable_or_404
from portal.kit import clock
from portal.kit.access import allowed


class Desk:
    """What the page of a draft works on: the patient, what is kept, who and what may be cited."""

    def __init__(self, request: SignedIn, patient: Patient) -> None:
        self.request, self.patient = request, patient
        self.draft = plans.draft_of(patient)
        self.current = plans.current_plan(patient)
        plan = self.current.values if self.current else None
        self.doers = plans.doers(patient, clock.today(), plan=plan)
        self.files = plans.citable(patient, clock.today())
        self.begun: Typed = (
            self.draft.typed if self.draft else typed_of(plan, clock.today()) if plan else blank()
        )

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    def file(self, sent: str | None) -> RcpFile | None:
        """The case review cited, among those of this patient that took place."""
        return next((each for each in self.files if str(each.pk) == sent), None)

    def form(self, typed: Typed, rcp: RcpFile | None, *, strict: bool = False) -> PlanForm:
        return PlanForm(typed, doers=self.doers, files=self.files, rcp=rcp, strict=strict)

    def page(self, form: PlanForm, **more: Any) -> HttpResponse:
        context = {
            "patient": self.patient,
            "draft": self.draft,
            "current": self.current,
            "number": self.draft.number
            if self.draft
            else (self.current.number + 1 if self.current else 1),
            "form": form,
            "revision": self.revision,
            "token": secrets.token_hex(8),
        }
        status = 422 if form.is_bound else more.pop("status", 200)
        return render(self.request, "network/plan/edit.html", context | more, status=status)


@allowed(Perm.WRITE_PLAN)
def edit(request: SignedIn, code: str) -> HttpResponse:
    """The draft; `?rcp=` the key of a case review proposes to cite it."""
    patient = writable_or_404(request, code)
    note_plan_reading(patient=patient, by=request.user, now=clock.now())
    desk = Desk(request, patient)
    if request.method == "POST":
        return _save(desk)
    kept = kept_input(request)
    if kept is not None:
        return desk.page(desk.form(read_typed(kept), desk.file(kept.get("rcp"))))
    proposed = desk.file(request.GET.get("rcp"))
    cited = desk.draft.rcp_file if desk.draft else None
    strict = "verifier" in request.GET and desk.draft is not None
    return desk.page(desk.form(desk.begun, proposed or cited, strict=strict))


def _save(desk: Desk) -> HttpResponse:
    """Keep what was sent, whatever it is; then do what the button says."""
    sent = desk.request.POST
    asked = sent.get("do", "save")
    typed = read_typed(sent)
    typed = gestured(typed, asked, desk.draft.typed if desk.draft else {})
    rcp = desk.file(sent.get("rcp"))
    by_itself = bool(desk.request.headers.get("HX-Request"))
    revision = sent.get("revision", "")
    page = Page(
        token=sent.get("page", "")[:32],
        revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
        by_itself=by_itself,
    )
    try:
        desk.draft = save_draft(
            patient=desk.patient,
            typed=typed,
            rcp_file=rcp,
            page=page,
            by=desk.request.user,
            now=clock.now(),
        )
    except Stale as stale:
        desk.draft = stale.draft
        if by_itself:
            return _told(desk, "stale")
        return desk.page(desk.form(typed, rcp), stale=True, status=409)
    except ValidationError as refusal:
        refused = " ".join(refusal.messages)
        if by_itself:
            return _told(desk, "refused", refused=refused)
        return desk.page(desk.form(typed, rcp), refused=refused, status=422)
    if by_itself:
        return _told(desk, "saved", revision=desk.revision)
    return _onward(desk, asked, typed, rcp)


def _told(desk: Desk, what: str, **more: object) -> HttpResponse:
    """The line that says that the draft is kept, in place."""
    context = {"what": what, "draft": desk.draft, **more}
    return render(desk.request, "network/plan/saved.html", context)


def _onward(desk: Desk, asked: str, typed: Typed, rcp: RcpFile | None) -> HttpResponse:
    code = desk.patient.code
    if asked == "check":
        form = desk.form(typed, rcp, strict=True)
        return redirect("network:plan_check", code) if form.is_valid() else desk.page(form)
    if asked == "save":
        messages.success(desk.request, _("Le brouillon est gardé. Vous le retrouverez ici."))
        return redirect("network:plan", code)
    verb, _colon, key = asked.partition(":")
    place = ""
    if verb in ("up", "down"):
        place = f"#r-{key}"
    elif verb == "add":
        place = f"#r-{_newest(typed)}"
    elif verb in ("remove", "restore"):
        place = "#lignes"
    return redirect(reverse("network:plan_edit", args=[code]) + place)


def _newest(typed: Typed) -> str:
    """The first row without a text: the one that was just added, or close to it."""
    filled = {name.partition("-")[0] for name in typed["values"]}
    keys = [str(row).partition(":")[2] for row in typed["rows"]]
    return next((key for key in reversed(keys) if key not in filled), keys[-1] if keys else "")


@allowed(Perm.WRITE_PLAN)
def check(request: SignedIn, code: str) -> HttpResponse:
    """The draft as it will be signed, with what it changes; signed by POST."""
    patient = writable_or_404(request, code)
    desk = Desk(request, patient)
    if desk.draft is None:
        return redirect("network:plan", code)
    note_plan_reading(patient=patient, by=request.user, now=clock.now())
    plan_form = desk.form(desk.draft.typed, desk.draft.rcp_file, strict=True)
    if not plan_form.is_valid():
        return redirect(reverse("network:plan_edit", args=[code]) + "?verifier=1")
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _sign(desk, plan_form, form)
        if answer is not None:
            return answer
    draft: PlanVersion = desk.draft
    changes = plans.told_between(desk.current, plan_form.plan)
    return render(
        request,
        "network/plan/check.html",
        {
            "patient": patient,
            "draft": draft,
            "current": desk.current,
            "plan": plan_form.plan,
            "changes": changes,
            "revised": revised([each.change for each in changes]),
            "form": form,
            "late": _late(draft),
        },
        status=422 if form.is_bound else 200,
    )


def _sign(desk: Desk, plan_form: PlanForm, form: SignForm) -> HttpResponse | None:
    """Sign; None when it is refused, with the reasons in the form."""
    draft = desk.draft
    if draft is None:
        return None
    try:
        signed = attempt(
            form,
            lambda: sign_plan(
                draft=draft,
                plan=plan_form.plan,
                revision=form.cleaned_data["revision"],
                agreement=form.noted,
                by=desk.request.user,
                now=clock.now(),
            ),
        )
    except Stale:
        form.add_error(
            None, _("Le brouillon a changé pendant que vous le relisiez\u00a0: relisez-le.")
        )
        return None
    if not signed:
        return None
    messages.success(
        desk.request,
        _("La version %(number)s du plan est signée.") % {"number": draft.number},
    )
    return redirect("network:plan", desk.patient.code)


def _late(draft: PlanVersion) -> bool:
    """Whether the cited review is too far to be proved by this version."""
    file = draft.rcp_file
    return bool(file and not plan_in_time(file.held_on, clock.today()))


@require_POST
@allowed(Perm.WRITE_PLAN)
def drop(request: SignedIn, code: str) -> HttpResponse:
    """Give up the draft."""
    patient = writable_or_404(request, code)
    drop_draft(patient=patient, by=request.user, now=clock.now())
    messages.success(request, _("Le brouillon est abandonné. Le plan signé ne change pas."))
    return redirect("network:plan", code)
