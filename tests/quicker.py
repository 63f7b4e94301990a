"""What Django's test tools would do for each client and each template, done once, or for pages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.template.base import Template
from django.test.signals import template_rendered
from django.utils.safestring import SafeString
from whitenoise.middleware import WhiteNoiseMiddleware


@contextmanager
def quicker() -> Iterator[None]:
    """Every client has its own middleware, which lists all static files; every component drawn in
    a page has its context copied for `answer.context`, which tests ask for the page's alone; every
    refusal (403, 404) has its trace written, forty calls deep, in a log that nobody reads.
    """
    list_files = WhiteNoiseMiddleware.add_files_from_finders
    listed: dict[str, Any] = {}

    def list_once(middleware: WhiteNoiseMiddleware) -> None:
        if not listed:
            list_files(middleware)
            listed.update(middleware.files)
        middleware.files = listed

    def draw(template: Any, context: Any) -> SafeString:
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        drawn: SafeString = template.nodelist.render(context)
        return drawn

    def leave_trace_to_faults(record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR:
            record.exc_info = None
        return True

    requests = logging.getLogger("django.request")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", list_once)
        patch.setattr(Template, "_render", draw)
        patch.setattr(requests, "filters", [*requests.filters, leave_trace_to_faults])
        yield


@contextmanager
def undrawn() -> Iterator[None]:
    """Pages are answered without being drawn, for what is decided before."""
    drawn = Template._render  # type: ignore[attr-defined]  # what Django's own test set-up replaces

    def render(template: Any, context: Any) -> SafeString:
        page = (template.name or "").endswith(".html")
        return SafeString("") if page else drawn(template, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield
