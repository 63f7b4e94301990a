"""Uploads bounded before anything of them is written on the disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Refuses a whole request longer than UPLOAD_MOST_BYTES (400); the next handlers store."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's own name
        content_length: int,
        *args: Any,
        **options: Any,
    ) -> None:
        if content_length > settings.UPLOAD_MOST_BYTES:
            raise RequestDataTooBig("upload too long")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
