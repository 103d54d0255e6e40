"""Counting the queries of a request, and asking the database how it goes about each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class Questioner:
    """Runs an application for one request and listens to what it asks of the database."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._asked: list[tuple[str, Any]] = []

    def answer(self, question: str, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The page with the number of its queries in a header, or the plans of its queries in its place."""
        begun: list[Any] = []
        with connection.execute_wrapper(self._listen):
            body = self._application(environ, lambda *told: begun.extend(told))
        status, headers = begun[:2]
        if question == "count":
            start_response(status, [*headers, ("X-Bench-Queries", str(len(self._asked)))])
            return body
        plans = json.dumps([_plan(sql, params) for sql, params in self._asked]).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(plans)))])
        return [plans]

    def _listen(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self._asked.append((sql, params))
        return execute(sql, params, many, context)


def _plan(sql: str, params: Any) -> dict[str, Any]:
    if not sql.lstrip().upper().startswith("SELECT"):
        return {"sql": sql, "scans": []}
    explain = _EXPLAIN[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(explain + sql, params)
        rows = cursor.fetchall()
    return {"sql": sql, "scans": _SCANS[connection.vendor](rows)}


def _sqlite_scans(rows: Sequence[Any]) -> list[str]:
    """Lines such as `SCAN directory_person`: every row of a table or of an index is read."""
    return [str(detail) for *_, detail in rows if str(detail).startswith("SCAN ") and " VIRTUAL TABLE " not in detail]


def _postgresql_scans(rows: Sequence[Any]) -> list[str]:
    (plan,) = rows[0]
    found = json.loads(plan) if isinstance(plan, str) else plan
    return list(_scanning(found[0]["Plan"]))


def _scanning(node: dict[str, Any]) -> Iterable[str]:
    # An index read from one end to the other counts as well: nothing narrows it.
    if node["Node Type"] == "Seq Scan" or (
        "Index" in node["Node Type"] and not node.get("Index Cond") and _is_whole(node)
    ):
        yield f"{node['Node Type']} {node['Relation Name']} {node.get('Filter', '')} ({node['Plan Rows']} rows)".strip()
    for child in node.get("Plans", []):
        yield from _scanning(child)


def _is_whole(node: dict[str, Any]) -> bool:
    return "Relation Name" in node and not node.get("Recheck Cond")


_EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN (FORMAT JSON) "}
_SCANS: dict[str, Callable[[Sequence[Any]], list[str]]] = {"sqlite": _sqlite_scans, "postgresql": _postgresql_scans}
