"""Where evidence lies: a folder, or an S3-compatible store, as a value of Django's `STORAGES`."""

from __future__ import annotations

from typing import Any

from longleaf.assessment.evidence.bucket_options import BACKEND, in_bucket


def settings_for(bucket: str, **how: str) -> dict[str, Any]:
    """A bucket where one is named, reached as `bucket_options.in_bucket` is told, and a folder otherwise."""
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {"BACKEND": BACKEND, "OPTIONS": in_bucket(bucket, **how)}
