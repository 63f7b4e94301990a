"""The key of a content in its own language, under which its versions and its answers are kept.

A translation shares the translation key of its original, and nothing else: its words are signed,
published, answered and counted apart. French contents keep their translation key as it is.
"""

from typing import Any
from uuid import UUID

from django.conf import settings

from training.rules.items import line_key


def line_of(content: Any) -> UUID:
    """The line of a page or a snippet, from its translation key and its locale, given or to be."""
    locale = content.locale if content.locale_id else content.get_default_locale()
    return line_key(content.translation_key, locale.language_code, settings.LANGUAGE_CODE)
