"""Where evidence lies: a folder, or an S3-compatible store, as a value of Django's `STORAGES`."""

from __future__ import annotations

from typing import Any

from longleaf.assessment.evidence.bucket_options import BACKEND, in_bucket
from longleaf.config import env


def from_environment() -> dict[str, Any]:
    """A bucket where `LONGLEAF_S3_BUCKET` names one, and a folder otherwise."""
    bucket = env.text("LONGLEAF_S3_BUCKET", "")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": BACKEND,
        "OPTIONS": in_bucket(
            bucket,
            endpoint=env.text("LONGLEAF_S3_ENDPOINT", ""),
            region=env.text("LONGLEAF_S3_REGION", ""),
            key=env.text("LONGLEAF_S3_KEY", ""),
            secret=env.text("LONGLEAF_S3_SECRET", ""),
        ),
    }
