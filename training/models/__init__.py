"""Education of professionals: the webinars for now."""

from .webinar import WebinarIndexPage, WebinarPage

__all__ = ["WebinarIndexPage", "WebinarPage"]
