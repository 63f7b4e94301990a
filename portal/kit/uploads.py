"""Uploads bounded before anything of them is written on the disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest


class Bounded(FileUploadHandler):
    """Refuses a whole request longer than UPLOAD_MOST_BYTES (400); the next handlers store.

    UPLOAD_LONGER names the views that take more, and from whom alone: `{view: (bytes, perm)}`.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's own name
        content_length: int,
        *args: Any,
        **options: Any,
    ) -> None:
        if content_length > _most(self.request):
            raise RequestDataTooBig("upload too long")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def _most(request: HttpRequest | None) -> int:
    most: int = settings.UPLOAD_MOST_BYTES
    match = request.resolver_match if request else None
    if request is None or match is None or match.view_name not in settings.UPLOAD_LONGER:
        return most
    longer, perm = settings.UPLOAD_LONGER[match.view_name]
    user = getattr(request, "user", None)
    return int(longer) if user and user.has_perm(perm) else most
