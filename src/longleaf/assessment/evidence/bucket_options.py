"""How a bucket is reached, as options of `bucket.Bucket`. Read by the settings: no Django, no boto3."""

from __future__ import annotations

from typing import Any

BACKEND = "longleaf.assessment.evidence.bucket.Bucket"
# Read into a temporary file from here on, so that no file stands in memory as a whole.
MOST_IN_MEMORY = 2 * 1024 * 1024


def in_bucket(bucket: str, *, endpoint: str = "", region: str = "", key: str = "", secret: str = "") -> dict[str, Any]:
    """Options of `bucket.Bucket`. Without a key, boto3 looks where it always does."""
    told = {
        "endpoint_url": endpoint,
        "region_name": region,
        "access_key": key,
        "secret_key": secret,
        # Stores other than Amazon's seldom have a name for each bucket.
        "addressing_style": "path" if endpoint else "",
    }
    return {
        "bucket_name": bucket,
        "default_acl": None,
        # Names are references, each used once; asking first whether one is taken would double the requests.
        "file_overwrite": True,
        "max_memory_size": MOST_IN_MEMORY,
        **{name: value for name, value in told.items() if value},
    }
