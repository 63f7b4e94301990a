"""The first administrator of an installation."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from network.actions.accounts import open_first_account
from network.enums import Role
from network.models import User

pytestmark = pytest.mark.django_db
NAMES = {"first_name": "Ada", "last_name": "Fil", "password": "fil-rouge-du-labyrinthe"}
NOW = datetime(2026, 1, 5, tzinfo=UTC)


def test_first_administrator_is_opened_once() -> None:
    user = open_first_account(email="ada@example.org", now=NOW, **NAMES)
    assert user.roles == {Role.ADMINISTRATOR}
    with pytest.raises(ValidationError):
        open_first_account(email="bis@example.org", now=NOW, **NAMES)
    assert User.objects.count() == 1
