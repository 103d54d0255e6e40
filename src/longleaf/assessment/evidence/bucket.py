"""Evidence in an S3-compatible store. Imported only where `LONGLEAF_S3_BUCKET` is set and the extra `s3` installed."""

from __future__ import annotations

from collections.abc import Iterator

from storages.backends.s3 import S3Storage

READ_AT_ONCE = 64 * 1024


class Bucket(S3Storage):  # type: ignore[misc]
    """django-storages' own, which reads a file as a whole, with a way to read a part and to clear a folder."""

    def read_part(self, name: str, first: int, length: int) -> Iterator[bytes]:
        """`length` bytes from `first` on, asked of the store as a range."""
        if length <= 0:
            return
        wanted = f"bytes={first}-{first + length - 1}"
        yield from self.bucket.Object(self._normalize_name(name)).get(Range=wanted)["Body"].iter_chunks(READ_AT_ONCE)

    def delete_below(self, folder: str) -> None:
        """Delete everything in a folder, a thousand at a time."""
        self.bucket.objects.filter(Prefix=f"{self._normalize_name(folder)}/").delete()
