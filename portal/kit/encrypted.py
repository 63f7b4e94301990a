"""Encryption at rest of texts (bank details, TOTP secrets) and documents, with rotation of keys.

`FIELD_KEYS` lists Fernet keys, the newest first: the first encrypts, all decrypt.
"""

from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    return _cipher(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


class EncryptedText(models.TextField[str, str]):
    """A text stored encrypted. It cannot be searched: keep beside it what must be found."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return decrypt(value) if value else value


class EncryptedBytes(models.BinaryField[bytes, bytes]):
    """A document stored encrypted: kept with its row, in its transaction and in its backups."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        token = _cipher(tuple(settings.FIELD_KEYS)).encrypt(bytes(value)) if value else value
        return super().get_db_prep_value(token, connection, prepared)

    def from_db_value(self, value: Any, *_: object) -> bytes | None:
        return _cipher(tuple(settings.FIELD_KEYS)).decrypt(bytes(value)) if value else value
