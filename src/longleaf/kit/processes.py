"""Beginning a process of our own beside this one: it knows nothing yet, so the framework is set up first."""

from __future__ import annotations

from typing import Any

import django


def begin(function: str, *arguments: Any) -> None:
    """Set up the framework and call a function, by its dotted path. For `initializer` of a pool that spawns."""
    django.setup()
    # Only now may what holds models be imported.
    from django.utils.module_loading import import_string  # noqa: PLC0415

    import_string(function)(*arguments)
