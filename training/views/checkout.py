"""Pay a registration by card, read its documents; and hear what the card service tells."""

import logging
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from training.access import Perm
from training.actions.payments import TooLate
from training.actions.registrations import Busy
from training.exports.invoice import file_name, invoice_pdf
from training.gateways import card, desk
from training.models import Invoice, Registration
from training.rules.checkout import Mismatch

logger = logging.getLogger(__name__)
BIGGEST = 512 * 1024  # bytes of a message of the card service


def may_lead_to_checkout(answer: HttpResponse) -> None:
    """Let the forms of this page, and of no other, lead to where one pays."""
    policy = settings.SECURE_CSP | {"form-action": [CSP.SELF, settings.STRIPE_CHECKOUT]}
    answer._csp_config = policy  # type: ignore[attr-defined]


@require_POST
@allowed(Perm.LEARN)
def pay(request: SignedIn, uid: UUID) -> HttpResponse:
    """To the page where one pays; the same one as long as it is open."""
    rows = Registration.objects.filter(person=request.user).select_related("person", "meeting")
    found = get_object_or_404(rows, uid=uid)
    service = card.gateway()
    here = redirect("training:registration", uid)
    if service is None:
        messages.error(request, _("Le paiement en ligne n’est pas ouvert."))
        return here
    try:
        address = desk.pay(found, by=request.user, gateway=service, now=clock.now())
    except TooLate:
        messages.error(request, _("Cette place n’est plus à payer."))
    except Busy as busy:
        messages.error(request, str(busy))
    except (card.Unreachable, card.Refused, Mismatch) as error:
        logger.warning("no checkout for registration %s: %s", found.pk, error)
        messages.error(
            request,
            _("Le service de paiement ne répond pas. Votre place est tenue\u00a0: essayez encore."),
        )
    else:
        if address:
            answer = redirect(address)
            may_lead_to_checkout(answer)
            return answer
    return here


@never_cache
@require_GET
@allowed(Perm.LEARN)
def document(request: SignedIn, pk: int) -> HttpResponse:
    """An invoice or a credit note of one's own."""
    rows = Invoice.objects.filter(payment__registration__person=request.user)
    return as_pdf(get_object_or_404(rows, pk=pk))


def as_pdf(found: Invoice) -> HttpResponse:
    """The document, as a file to keep."""
    answer = HttpResponse(invoice_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return answer


@csrf_exempt
@never_cache
@login_not_required
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Verify the signature, store, answer; the worker reads what it is about."""
    service = card.gateway()
    if service is None:
        raise Http404
    body = request.body
    if len(body) > BIGGEST:
        return HttpResponse(status=413)
    try:
        told = service.read_webhook(body, request.headers.get("Stripe-Signature", ""))
    except (card.Forged, ValueError):
        return HttpResponse(status=400)
    if told.live == service.live:
        desk.keep(told, now=clock.now())
    else:
        logger.error("event %s: test and live money mixed", told.key)
    return HttpResponse(status=200)
