"""A credential taken apart: its shape, which few credentials differ in, and its texts, which all of them do.

Two credentials of one achievement and issuer have the same shape when the same members are there, as often, with the
same words where words decide what others mean (what a result is for and which level it names, the kind of an identity,
the purpose of a status list). Everything else is a text: a name, an address, a date as it is written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha1
from itertools import count
from operator import attrgetter
from typing import Any
from uuid import NAMESPACE_URL

from . import times
from .building import Credential, FurtherResult, Identity, PlainIdentity, Result
from .status import StatusEntry

Shape = tuple[Hashable, ...]

_COMMON = ("issuer", "achievement")
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class Strange(Exception):
    """A credential holds something that has no place here."""


def taken_apart(credential: Credential) -> tuple[Shape, list[str]]:
    """A credential's shape and texts, without what its issuer and its achievement say. The first text is its id.

    Raises `Strange` for values that belong neither to a shape nor to the texts.
    """
    shape: list[Hashable] = []
    texts: list[str] = []
    _take_all(_VARYING(credential), shape, texts)
    return tuple(shape), texts


def _take_all(values: tuple[Any, ...], shape: list[Hashable], texts: list[str]) -> None:
    for value in values:
        kind = type(value)
        if kind is str:
            shape.append(value != "")
            if value:
                texts.append(value)
        elif kind is bool or value is None:
            shape.append(value)
        else:
            _HOW_TO_TAKE.get(kind, _take_object)(value, shape, texts)


def _take_object(value: Any, shape: list[Hashable], texts: list[str]) -> None:
    if not dataclasses.is_dataclass(value):
        raise Strange("It holds something that has no place in a mould.")
    kind: Any = type(value)
    shape.append(kind)
    _take_all(_values_of(kind)(value), shape, texts)


def _take_several(value: tuple[Any, ...], shape: list[Hashable], texts: list[str]) -> None:
    shape.append(len(value))
    _take_all(value, shape, texts)


def _take_moment(value: datetime, shape: list[Hashable], texts: list[str]) -> None:
    shape.append(datetime)
    texts.append(_written(value))


def _take_result(value: Result, shape: list[Hashable], texts: list[str]) -> None:
    shape += (value.criterion, value.level)
    _take_all((value.value,), shape, texts)


def _take_further_result(value: FurtherResult, shape: list[Hashable], texts: list[str]) -> None:
    shape.append(value.description)
    texts.append(value.value)


def _take_status(value: StatusEntry, shape: list[Hashable], texts: list[str]) -> None:
    shape.append(value.purpose)
    texts += (value.list_url, str(value.index), f"{value.list_url}#{value.index}")


def _take_identity(value: Identity, shape: list[Hashable], texts: list[str]) -> None:
    shape += (Identity, value.type)
    texts += (value.hash, value.salt)


def _take_plain_identity(value: PlainIdentity, shape: list[Hashable], texts: list[str]) -> None:
    shape += (PlainIdentity, value.type)
    texts.append(value.identity)


_HOW_TO_TAKE: dict[type, Callable[[Any, list[Hashable], list[str]], None]] = {
    tuple: _take_several,
    datetime: _take_moment,
    Result: _take_result,
    FurtherResult: _take_further_result,
    StatusEntry: _take_status,
    Identity: _take_identity,
    PlainIdentity: _take_plain_identity,
}


def likeness(credential: Credential, number: int) -> Credential:
    """A made-up credential of the same shape, in which no two texts are alike, nor like those of another number."""
    counter = count(number * 1_000_003)

    def alike(value: Any) -> Any:
        if isinstance(value, str):
            return f"urn:x-likeness:{next(counter)}:" if value else value
        if isinstance(value, datetime):
            return _BEGINNING + timedelta(minutes=next(counter))
        if isinstance(value, tuple):
            return tuple(alike(each) for each in value)
        if isinstance(value, Result):
            return dataclasses.replace(value, value=alike(value.value))
        if isinstance(value, FurtherResult):
            return dataclasses.replace(value, value=alike(value.value))
        if isinstance(value, StatusEntry):
            return dataclasses.replace(value, list_url=alike(value.list_url), index=next(counter))
        if isinstance(value, Identity):
            return dataclasses.replace(value, hash=alike(value.hash), salt=alike(value.salt))
        if isinstance(value, PlainIdentity):
            return dataclasses.replace(value, identity=alike(value.identity))
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.replace(value, **{name: alike(getattr(value, name)) for name in _names_of(type(value))})
        return value

    return dataclasses.replace(credential, **{name: alike(getattr(credential, name)) for name in _names_of(Credential)})


def derived_parts(credential: Credential) -> tuple[str, ...]:
    """The parts of a credential that may have ids derived from the credential's own."""
    evidence = [f"evidence/{position}" for position in range(len(credential.evidence))]
    results = [f"result/{found.criterion}" for found in credential.results]
    return ("subject", *evidence, *results, *(found.description for found in credential.further_results))


def derived(whole: str, parts: Iterable[str]) -> list[str]:
    """The ids of parts, as `building` derives them: UUIDs of version 5 (RFC 9562), worked out without detours."""
    begun = sha1(_NAMESPACE + f"{whole}#".encode(), usedforsecurity=False)
    ids = []
    for part in parts:
        hashed = begun.copy()
        hashed.update(part.encode())
        digits = hashed.hexdigest()
        variant = _VARIANT[digits[16]]
        ids.append(f"urn:uuid:{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}")
    return ids


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
_NAMESPACE = NAMESPACE_URL.bytes


# A cohort is awarded at one moment.
_written = lru_cache(maxsize=1024)(times.written)


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind) if field.name not in _COMMON)


@cache
def _values_of(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    names = _names_of(kind)
    return attrgetter(*names) if len(names) > 1 else lambda found: tuple(getattr(found, name) for name in names)


_VARYING = _values_of(Credential)
