"""What the server runs for the bench: the product as it is, beside it the bare pages, around both a questioner.

A request that carries `X-Bench: first` finds nothing kept from earlier ones. One that carries `X-Bench: count` is
answered with the number of its queries in a header; `X-Bench: explain` is
answered with every query and the plan that the database has for it, instead of the page. All others pass untouched but
for a header that names the worker, so that a client can spread its connections evenly.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from longleaf.config.wsgi import application as product
from longleaf.kit import keeping

# The product has read its settings by now, and only then its models may be imported.
# isort: split
from bench.floor import application as floor
from bench.questioning import Questioner

Start = Callable[..., Any]


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    answer = floor if environ["PATH_INFO"].startswith("/floor/") else product
    words = environ.get("HTTP_X_BENCH", "").split()
    if "first" in words:
        keeping.forget()
    question = next((word for word in words if word != "first"), "")
    if question:
        return Questioner(answer).answer(question, environ, start_response)

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Bench-Worker", str(os.getpid()))], *rest)

    return answer(environ, start)
