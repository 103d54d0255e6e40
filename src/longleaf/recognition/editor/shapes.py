"""What the published schema says of one place in a policy document: its help, and the words it may be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from longleaf.engines.policy.schemas import policy_schema

Step = str | int
_FURTHER = ("anyOf", "oneOf", "allOf")


@lru_cache(maxsize=4_000)
def help_at(place: tuple[Step, ...]) -> str:
    """What a place holds, as the schema describes it; nothing where it does not."""
    return next((told for schema in _at(place) if (told := schema.get("description"))), "")


@lru_cache(maxsize=4_000)
def choices_at(place: tuple[Step, ...]) -> tuple[str, ...]:
    """The words of which a place must be one; none where it is free."""
    found = (str(word) for schema in _at(place) for word in schema.get("enum", ()))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _whole() -> dict[str, Any]:
    return policy_schema()


def _at(place: tuple[Step, ...]) -> list[dict[str, Any]]:
    """Every schema that may hold for a place."""
    schemas = list(_opened(_whole()))
    for step in place:
        key = "items" if isinstance(step, int) else "properties"
        inner = [schema[key] if key == "items" else schema[key].get(step) for schema in schemas if key in schema]
        schemas = [each for found in inner if isinstance(found, dict) for each in _opened(found)]
    return schemas


def _opened(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema with all that it refers to, or that it is one of."""
    yield schema
    if reference := schema.get("$ref"):
        yield from _opened(_whole()["$defs"][str(reference).rpartition("/")[2]])
    for further in _FURTHER:
        for each in schema.get(further, ()):
            yield from _opened(each)
