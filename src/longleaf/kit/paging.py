"""Lists by the page, without counting all rows: one row more than is shown tells whether there is a next page."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from longleaf.kit.numbers import whole_number

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)
# Deep pages make a database walk over all rows before them; nobody reads that far, machines do.
DEEPEST_PAGE = 500


class Sliceable(Protocol[Row_co]):
    """A queryset, a list, or anything else that gives its rows from one place to another."""

    def __getitem__(self, rows: slice, /) -> Any: ...


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list, and the addresses of the pages beside it ("" where there is none)."""

    rows: Sequence[Row]
    previous_address: str = ""
    next_address: str = ""
    number: int | None = None

    @property
    def is_alone(self) -> bool:
        """Say whether this page is the whole list."""
        return not self.previous_address and not self.next_address


def page_of(rows: Sliceable[Row], *, parameters: QueryDict, size: int = 20) -> Page[Row]:
    """Give the page that `?page=` asks for, reading `size + 1` rows. Anything unreadable means page 1."""
    number = _page_number(parameters.get("page"))
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(
        rows=found[:size],
        previous_address=_address(parameters, page=number - 1) if number > 1 else "",
        next_address=_address(parameters, page=number + 1) if len(found) > size else "",
        number=number,
    )


def page_after(rows: "QuerySet[Any]", *, by: str, parameters: QueryDict, size: int = 50) -> Page[Any]:
    """Give the page that follows the row named in `?after=`, newest or greatest `by` first.

    For lists too long to count through: the database starts at the right row whatever the depth. Such a list
    has no numbered pages, and its way back is the browser's.
    """
    ordered = rows.order_by(f"-{by}", "-pk")
    place = _read_place(parameters.get("after"), rows.model._meta.get_field(by), rows.model._meta.pk)
    if place is not None:
        value, key = place
        ordered = ordered.filter(Q(**{f"{by}__lt": value}) | Q(**{by: value, "pk__lt": key}))
    found = list(ordered[: size + 1])
    last = found[size - 1] if len(found) > size else None
    place_of_last = _write_place(getattr(last, by), last.pk) if last is not None else ""
    return Page(rows=found[:size], next_address=_address(parameters, after=place_of_last) if place_of_last else "")


def _page_number(asked: str | None) -> int:
    return min(whole_number(asked) or 1, DEEPEST_PAGE)


def _address(parameters: QueryDict, **changes: object) -> str:
    changed = parameters.copy()
    for name, value in changes.items():
        changed[name] = str(value)
    return f"?{changed.urlencode()}"


def _write_place(value: object, key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps([value, key], default=str).encode()).decode()


def _read_place(text: str | None, field: Any, key_field: Any) -> tuple[object, object] | None:
    """Give the place that an address names, or None where somebody has changed it into nonsense."""
    try:
        value, key = json.loads(base64.urlsafe_b64decode((text or "").encode()))
        place = field.to_python(value), key_field.to_python(key)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, ValidationError):
        return None
    return None if None in place else place
