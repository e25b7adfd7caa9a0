"""A file that no workbook can be that large is not even kept: the rest of it is read past and thrown away."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class Ceiling(FileUploadHandler):
    """Stands before the handlers that keep; remembers that it had to stop the upload."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.reached = False
        self._seen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._seen += len(raw_data)
        if self._seen > self.most:
            self.reached = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
