"""The stores that evidence may lie in, for tests: a folder, and an S3-compatible server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from longleaf.assessment.evidence.bucket_options import BACKEND, in_bucket

NAME = "longleaf-evidence"


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """A server of its own for the whole run, on a port that is free."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_address: str, settings: Any) -> Iterator[Any]:
    """Evidence lies in an empty bucket."""
    options = in_bucket(NAME, endpoint=s3_address, region="us-east-1", key="synthetic", secret="synthetic")
    client = boto3.resource(
        "s3", endpoint_url=s3_address, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    made = client.create_bucket(Bucket=NAME)
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": BACKEND, "OPTIONS": options}}
    yield made
    made.objects.delete()
    made.delete()
    client.meta.client.close()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest) -> str:
    """Both kinds, one after the other."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return str(request.param)
