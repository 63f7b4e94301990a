"""The gallery shows every component, and no template breaks what the house promises."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from portal.settings.paths import BASE_DIR

TEMPLATES = sorted((BASE_DIR / "templates").rglob("*.html"))
STATICS = sorted(
    path
    for path in (BASE_DIR / "portal" / "static").rglob("*")
    if path.suffix in {".css", ".js", ".svg"}
)
NOT_SEEN = {"page_meta.html"}  # words for machines, in the head of public pages

STYLE_ATTRIBUTE = re.compile(r"<[^>]*\sstyle\s*=")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\s(?:src|nonce|type=\"application/json)\b)[^>]*>")
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=")
OUTSIDE = re.compile(r"""(?:src|href|action|url\()\s*=?\s*["']?(?:https?:)?//""")
PLAIN_SPACE = re.compile(r"[\wÀ-ÿ»] [;!?](?=[\s\"'<]|$)|[\wÀ-ÿ»] :(?=[\s\"'<{]|$)|« | »")
COMMENT = re.compile(
    r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<script.*?</script>", re.DOTALL
)


@pytest.mark.django_db
def test_gallery_shows_every_component(
    client: Client, settings: LazySettings, every_template: None
) -> None:
    settings.DEMO = True
    answer = client.get("/composants/")
    assert answer.status_code == 200
    shown = {Path(template.name or "").name for template in answer.templates}
    files = {path.name for path in (BASE_DIR / "templates" / "components").glob("*.html")}
    assert files - shown == NOT_SEEN


@pytest.mark.django_db
def test_gallery_outside_demo_asks_sign_in(client: Client) -> None:
    answer = client.get("/composants/")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/compte/login/?next=/composants/",
    )


@pytest.mark.parametrize(
    "broken",
    [STYLE_ATTRIBUTE, INLINE_SCRIPT, HANDLER, OUTSIDE],
    ids=["style", "script", "handler", "host"],
)
def test_template_keeps_content_policy(broken: re.Pattern[str]) -> None:
    assert [
        path.relative_to(BASE_DIR).as_posix()
        for path in TEMPLATES
        if broken.search(path.read_text())
    ] == []


def test_static_file_calls_no_outside_host() -> None:
    assert [
        path.name
        for path in STATICS
        if re.search(r"(?:https?:)?//[a-z]", path.read_text().replace("http://www.w3.org/", ""))
    ] == []


def test_template_has_french_spaces() -> None:
    """A no-break space before « : », a thin one before ; ! ?, none that breaks inside « »."""
    assert [
        f"{path.relative_to(BASE_DIR)}: {found.group()!r}"
        for path in TEMPLATES
        if "emails" not in path.parts
        and (found := PLAIN_SPACE.search(COMMENT.sub("", path.read_text())))
    ] == []
