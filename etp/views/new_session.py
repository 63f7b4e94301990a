"""Plan sessions: a form, then each date with what there is to read of it, then the writing."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from etp.access import Perm
from etp.actions.planning import plan_sessions
from etp.forms.sessions import CYCLE, NewSessionForm
from etp.models import Session
from etp.selectors.concerns import Worry, worries_of
from etp.views.answers import tried
from network.views.pages import SignedIn, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.holidays import holiday


@allowed(Perm.PLAN)
def add(request: SignedIn) -> HttpResponse:
    sent = typed(request)
    given = _day_of(request.GET.get("jour", ""))
    form = NewSessionForm(sent, today=clock.today(), initial={"day": given})
    if sent is None or "mend" in sent or not form.is_valid():
        return show_form(request, "etp/session/add.html", {"form": form})
    if "confirm" not in sent:
        return _preview(request, form, kept=None)
    kept = [day for day in form.days if day.isoformat() in sent.getlist("date")]
    written: list[Session] = []
    if not tried(
        request,
        lambda: written.extend(
            plan_sessions(
                plan=form.plan(kept),
                request_id=form.cleaned_data["request_id"],
                by=request.user,
                now=clock.now(),
            )
        ),
    ):
        return _preview(request, form, kept=kept)
    count = len(written)
    messages.success(
        request,
        ngettext("%(count)s séance est prévue.", "%(count)s séances sont prévues.", count)
        % {"count": count},
    )
    return redirect("etp:session", written[0].pk)


def _day_of(text: str) -> date | None:
    """The day of a link of the planning."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _preview(request: SignedIn, form: NewSessionForm, *, kept: list[date] | None) -> HttpResponse:
    """Each date, ticked or not; nothing is written yet. `kept` None: as proposed."""
    drafts = {day: form.draft(day) for day in form.days}
    dates = [
        {
            "day": day,
            "value": day.isoformat(),
            "ticked": day in kept if kept is not None else form.kept_by_default(day),
            "holiday": holiday(day),
            "worries": worries,
        }
        for day, worries in zip(drafts, worries_of(drafts.values()), strict=True)
    ]
    first = next(iter(drafts.values()))
    return render(
        request,
        "etp/session/preview.html",
        {
            "form": form,
            "dates": dates,
            "draft": first,
            "cycle": form.cleaned_data["rhythm"] == CYCLE,
            "common": _common(dates),
            "kept_fields": [field.as_hidden() for field in form],
        },
        status=200 if kept is None else 422,
    )


def _common(dates: list[dict[str, object]]) -> list[Worry]:
    """What is said once for all the dates: the training of the person, the size of the room."""
    seen: dict[str, Worry] = {}
    for each in dates:
        for worry in each["worries"]:  # type: ignore[attr-defined]
            if worry.concern in ("untrained", "room_small"):
                seen[worry.sentence] = worry
    return list(seen.values())
