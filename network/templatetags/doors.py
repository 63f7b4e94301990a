"""What the demo shows on the pages of sign-in. Outside the demo these tags render nothing."""

from typing import Any

from allauth.account.internal.stagekit import unstash_login
from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from network import demo

register = template.Library()


@register.inclusion_tag("network/accounts/demo_personas.html", takes_context=True)
def demo_personas(context: Context) -> dict[str, Any]:
    """The demo accounts, each with its current code; a tap fills the form in."""
    following = context["request"].GET.get("next", "")
    return {"personas": [_persona(each) for each in demo.accounts()], "following": following}


def _persona(account: demo.DemoAccount) -> dict[str, Any]:
    return {
        "account": account,
        "seal": account.seal or str(account.role_label)[:1],
        "door": reverse("account_login" if account.password else "account_request_login_code"),
        "code": demo.current_code(account) if account.password else "",
    }


@register.inclusion_tag("network/accounts/demo_code.html", takes_context=True)
def demo_code(context: Context) -> dict[str, Any]:
    """The current code of the demo account that is signing in; where to read a mailed one."""
    if not settings.DEMO:
        return {}
    request = context["request"]
    login = None if request.user.is_authenticated else unstash_login(request, peek=True)
    email = request.user.email if request.user.is_authenticated else _email_of(login)
    account = demo.account_of(email)
    asks_mailed_code = request.resolver_match.view_name == "account_confirm_login_code"
    if asks_mailed_code or account is None:
        return {"mailed": asks_mailed_code}
    return {"code": demo.current_code(account) if account.password else ""}


def _email_of(login: Any) -> str:
    return str(login.user.email if login and login.user else "")


@register.filter
def mail_body(text: str) -> SafeString:
    """Plain text as a page shows it: escaped, links clickable, those to us without their host."""
    linked = linebreaks(urlize(text, nofollow=True, autoescape=True))
    home = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return mark_safe(linked.replace(f'href="{home}/', 'href="/'))  # noqa: S308
