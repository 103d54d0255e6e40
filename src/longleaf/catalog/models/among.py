"""`pk__among=…`: like `pk__in`, for many keys that are asked for once and by themselves."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In


class Among(In):
    """`IN` that SQLite only checks by.

    It would rather look each key up, also where it comes to the rows by another way already: thousands of keys for each
    of thousands of micro-credentials, seconds in place of a millisecond. The sign before the column forbids that.
    """

    lookup_name = "among"

    def process_lhs(self, compiler: Any, connection: BaseDatabaseWrapper, lhs: Any = None) -> tuple[str, Any]:
        sql, params = super().process_lhs(compiler, connection, lhs)
        return (f"+{sql}" if connection.vendor == "sqlite" else sql), params


models.BigAutoField.register_lookup(Among)
