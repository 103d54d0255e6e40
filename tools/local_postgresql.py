"""Where a PostgreSQL answers in which databases may be created: for the tests and for the bench alike."""

from __future__ import annotations

import os

import psycopg

LOCAL_SERVERS = ("postgresql://root@127.0.0.1:5432/postgres", "postgresql:///postgres")


def answering_server() -> str | None:
    """The address that DATABASE_URL names, or that of the local server; None where neither answers."""
    for address in filter(None, [os.environ.get("DATABASE_URL"), *LOCAL_SERVERS]):
        if not address.startswith("postgres"):
            continue
        try:
            with psycopg.connect(address, connect_timeout=3):
                return address
        except psycopg.Error:
            continue
    return None
