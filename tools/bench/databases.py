"""The databases to measure on: SQLite always, PostgreSQL where one answers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from urllib.parse import urlsplit, urlunsplit

import psycopg
from local_postgresql import answering_server

from bench.places import VAR, Database

NAME = "longleaf_bench"


def sqlite(folder: str = "sqlite") -> Database:
    """A file in a folder of its own, so that a seed that took minutes is not written over by another."""
    var = VAR / folder
    var.mkdir(parents=True, exist_ok=True)
    return Database("SQLite", f"sqlite:///{var / 'longleaf.sqlite3'}", var)


@contextmanager
def postgresql(name: str = NAME) -> Iterator[Database | None]:
    """A database of the bench's own on whatever server answers, dropped afterwards; None where none does."""
    server = answering_server()
    if server is None:
        yield None
        return
    var = VAR / "postgresql"
    var.mkdir(parents=True, exist_ok=True)
    (var / "seed.json").unlink(missing_ok=True)
    _tell(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    try:
        yield Database("PostgreSQL", urlunsplit(urlsplit(server)._replace(path=f"/{name}")), var)
    finally:
        _tell(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def in_use(word: str) -> Iterator[Database]:
    """One database: PostgreSQL where `DATABASE_URL` names one that answers, SQLite otherwise."""
    is_wanted = os.environ.get("DATABASE_URL", "").startswith("postgres")
    with postgresql(f"{NAME}_{word}") if is_wanted else nullcontext() as found:
        yield found or sqlite(f"sqlite_{word}")


def analyse(database: Database) -> None:
    """What PostgreSQL's own housekeeping does in the night, at once. SQLite is left as the product leaves it."""
    if database.title == "PostgreSQL":
        _tell(database.address, "VACUUM ANALYZE")


def _tell(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
