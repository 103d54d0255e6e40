"""Every address of this installation, asked by one person: what came back, and what of it differs by chance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Papers of the catalog, drawn from what is published: slow, and nothing of an attempt is in reach of them.
NOT_ASKED = re.compile(r"packet\.pdf|sign-in/|sign-out/|health|\^")
REFERENCE = re.compile(r"\b[A-Z]{3}(?:-[2-9A-Z]{4}){2,4}\b")
# Keys of rows are counted on by PostgreSQL also when a transaction is taken back.
BY_CHANCE = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|name="key" value="\d+"|nonce="[^"]+"|\'nonce-[^\']+\'|"X-CSRFToken": ?"[^"]+"'
)
NOT_BY_LOOKING = "405"
HEADERS = ("Content-Disposition", "Location", "Link", "Last-Modified", "ETag", "X-Total-Count")


def answers(client: Client, known: Mapping[str, Sequence[object]], *, within: str = "/") -> dict[str, str]:
    """What each address below `within` answers, with the headers that could tell something.

    `known` gives values for parameters; an address with a parameter that is not known is left out.
    """
    told = {}
    for route in _routes(get_resolver().url_patterns):
        if NOT_ASKED.search(route) or not f"/{route}".startswith(within):
            continue
        names = PARAMETER.findall(route)
        if not all(name in known for name in names):
            continue
        for values in product(*(known[name] for name in names)):
            address = "/" + _filled(route, values)
            told[address] = _answer(client, address)
            if told[address].startswith(NOT_BY_LOOKING):
                # An address that only takes in answers nobody who looks, whatever it is about.
                break
    return told


def without_chance(told: Mapping[str, str]) -> dict[str, str]:
    """The same with references numbered in the order in which they appear, and without what is random anyway."""
    numbers: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        return numbers.setdefault(found[0], f"{found[0][:3]}-{len(numbers)}")

    return {
        REFERENCE.sub(numbered, address): REFERENCE.sub(numbered, BY_CHANCE.sub("", text))
        for address, text in told.items()
    }


def _answer(client: Client, address: str) -> str:
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    heads = [f"{name}: {answer.headers[name]}" for name in HEADERS if name in answer.headers]
    return "\n".join([str(answer.status_code), *heads, body.decode("utf-8", "replace")])


def _routes(patterns: Sequence[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, route)
        else:
            yield route


def _filled(route: str, values: Sequence[Any]) -> str:
    given = iter(values)
    return PARAMETER.sub(lambda _: str(next(given)), route)
