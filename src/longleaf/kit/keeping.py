"""What was worked out once, kept in this process until it can have changed.

Facts that people decide change only together with a journal line, in one transaction. So whatever is worked out from
such facts alone holds until the next line: `as_decided` keeps it until then, or until the day ends, because roles and
recognitions begin and end with days. What never changes at all, such as a published version or evidence that was handed
in, is kept by `for_ever`. What people type as they go (drafts, readings) writes no line and is kept by neither.

Inside a transaction nothing is taken from here and nothing is put here: a verb decides on what is, and what it has not
yet committed is nobody else's to see.

`settings.REVISION` names the function that tells the latest decision, because this floor knows no journal.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

Value = TypeVar("Value")
Revision = tuple[str, date]

# A database that is mended by hand writes no line; this is how long that stays unnoticed.
MOST_SECONDS = 300.0
MOST_ENTRIES = 4_000
MOST_CHARACTERS = 32 * 1024 * 1024


def as_decided(*key: Hashable, make: Callable[[], Value]) -> Value:
    """The value under a key, made at most once between two decisions. The key names all else that it depends on.

    Whoever gets it must not change it: the next one gets the same.
    """
    return _kept((revision(), *key), make) if may_keep() else make()


def for_ever(*key: Hashable, make: Callable[[], Value]) -> Value:
    """The value under a key that names something that never changes; let go only when room is needed."""
    return _kept(("for ever", *key), make) if may_keep() else make()


def has_for_ever(*key: Hashable) -> bool:
    """Whether `for_ever` has a value under a key, for whoever would make many at once."""
    return may_keep() and shelf.get(("for ever", *key)) is not None


def may_keep() -> bool:
    """Whether anything may be taken from the shelf or put there: not inside a transaction, and not while somebody works
    on templates and wants to see each change."""
    return not (connection.in_atomic_block or settings.DEBUG)


def revision() -> Revision:
    """The latest decision and the day: what is worked out from decided facts holds as long as this stays the same."""
    look = _look.get()
    if look is None:
        return _read_revision()
    if not look:
        look.append(_read_revision())
    return look[0]


@contextmanager
def one_look() -> Iterator[None]:
    """For as long as one request takes, ask only once which decision is the latest."""
    token = _look.set([])
    try:
        yield
    finally:
        _look.reset(token)


def look_again() -> None:
    """A decision was just written here: whatever this request reads from now on must know of it."""
    look = _look.get()
    if look:
        look.clear()


def forget() -> None:
    """Let go of everything. For tests, in which one database is emptied and filled many times."""
    shelf.clear()


class Shelf:
    """Values by key, the longest unused let go first; bounded in number and, for texts, in characters."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[float, int, Any]] = OrderedDict()
        self._characters = 0

    def get(self, key: Hashable) -> tuple[Any] | None:
        """The value in a tuple, so that None can be one."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0] < self._clock():
                return None
            self._kept.move_to_end(key)
            return (found[2],)

    def put(self, key: Hashable, value: Any, *, size: int = 0) -> None:
        """Keep a value; `size`, in characters, is asked of a text itself."""
        size = size or (len(value) if isinstance(value, str) else 1)
        with self._lock:
            self._drop(key)
            self._kept[key] = (self._clock() + MOST_SECONDS, size, value)
            self._characters += size
            while len(self._kept) > MOST_ENTRIES or self._characters > MOST_CHARACTERS:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._characters = 0

    def __len__(self) -> int:
        return len(self._kept)

    def _drop(self, key: Hashable) -> None:
        _, size, _ = self._kept.pop(key, (0.0, 0, None))
        self._characters -= size


shelf = Shelf()
_look: ContextVar[list[Revision] | None] = ContextVar("look", default=None)


def _kept(key: Hashable, make: Callable[[], Value]) -> Value:
    # The key was named before the value is made: what is decided meanwhile has another, and nothing old passes for new.
    found = shelf.get(key)
    if found is None:
        found = (make(),)
        shelf.put(key, found[0])
    value: Value = found[0]
    return value


def _read_revision() -> Revision:
    return import_string(settings.REVISION)(), timezone.localdate()
