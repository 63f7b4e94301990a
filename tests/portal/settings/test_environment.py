"""Neither production nor the demo starts with settings that are not safe for it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import read_production, refuse_production_in_demo

GOOD = {
    "ARIANE_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
    "ARIANE_FIELD_KEYS": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "ARIANE_HOSTS": "ariane.example.org, www.ariane.example.org",
    "ARIANE_MAIL_URL": "smtps://relay:p%40ss@mail.example.org",
    "ARIANE_MAIL_FROM": "Ariane <ne-pas-repondre@example.org>",
    "DATABASE_URL": "postgresql://ariane@db.example.org/ariane",
}


def test_good_environment_read() -> None:
    read = read_production(GOOD)
    options = read.transport["OPTIONS"]
    assert read.hosts == ["ariane.example.org", "www.ariane.example.org"]
    assert (options["port"], options["use_ssl"], options["use_tls"]) == (465, True, False)
    assert options["password"] == "p@ss"
    assert read.proxies == 1


@pytest.mark.parametrize("name", sorted(GOOD))
def test_missing_variable_refused(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read_production({**GOOD, name: " "})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARIANE_SECRET_KEY", "short"),
        ("ARIANE_SECRET_KEY", "a" * 60),
        ("ARIANE_SECRET_KEY", "django-insecure-" + GOOD["ARIANE_SECRET_KEY"]),
        ("ARIANE_FIELD_KEYS", "not-a-key"),
        ("ARIANE_FIELD_KEYS", "ZGVtby1vbmx5LW5ldmVyLXVzZWQtd2l0aC1yZWFsLXA="),
        ("ARIANE_FIELD_KEYS", f"{GOOD['ARIANE_FIELD_KEYS']},{GOOD['ARIANE_FIELD_KEYS']}"),
        ("ARIANE_HOSTS", "*"),
        ("ARIANE_HOSTS", "ariane.example.org,.example.org"),
        ("DATABASE_URL", "sqlite:////var/ariane.sqlite3"),
        ("ARIANE_MAIL_URL", "mail.example.org"),
        ("ARIANE_MAIL_URL", "smtp://mail.example.org?tls=no"),
        ("ARIANE_MAIL_URL", "smtp://relay:secret@localhost?tls=no"),
        ("ARIANE_PROXIES", "-1"),
        ("DEMO", "1"),
        ("DEMO_DATE", "2026-11-16"),
    ],
)
def test_unsafe_value_refused(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read_production({**GOOD, name: value})


def test_mail_in_clear_only_to_this_machine() -> None:
    read = read_production({**GOOD, "ARIANE_MAIL_URL": "smtp://localhost:25?tls=no"})
    assert read.transport["OPTIONS"]["use_tls"] is False


@pytest.mark.parametrize("name", ["ARIANE_SECRET_KEY", "ARIANE_FIELD_KEYS", "ARIANE_HOSTS"])
def test_demo_refused_beside_production_settings(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        refuse_production_in_demo({name: GOOD[name]})


@pytest.mark.parametrize("name", ["demo", "test"])
def test_published_keys_are_known_to_production(name: str) -> None:
    module = __import__(f"portal.settings.{name}", fromlist=["FIELD_KEYS"])
    with pytest.raises(ImproperlyConfigured, match="ARIANE_FIELD_KEYS"):
        read_production({**GOOD, "ARIANE_FIELD_KEYS": module.FIELD_KEYS[0]})
    with pytest.raises(ImproperlyConfigured, match="ARIANE_SECRET_KEY"):
        read_production({**GOOD, "ARIANE_SECRET_KEY": module.SECRET_KEY})


def run_check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deployment_checks() -> None:
    ran = run_check({**GOOD, "DJANGO_SETTINGS_MODULE": "portal.settings.production"})
    assert (ran.returncode, ran.stderr) == (0, "")


def test_management_command_does_not_slip_into_the_demo() -> None:
    ran = run_check(GOOD)  # DJANGO_SETTINGS_MODULE forgotten on a real installation
    assert ran.returncode != 0
    assert "The demo refuses to start" in ran.stderr
