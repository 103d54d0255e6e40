"""What upper floors hand in together with an application, such as a plan that ledgers will heed.

`settings.BESIDE_APPLICATIONS` names, for what an application is judged as, a function that takes the application.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from longleaf.quality.models import Application


@dataclass(frozen=True)
class Beside:
    """A piece in words, as reviewers read it, and what keeps it from being handed in; "" where nothing does."""

    code: str
    title: str
    text: str
    missing: str = ""


def beside(application: Application) -> Beside | None:
    """What goes with an application beside its criteria; None for most."""
    path = settings.BESIDE_APPLICATIONS.get(application.judged_as)
    if path is None:
        return None
    found: Callable[[Application], Beside | None] = import_string(path)
    return found(application)
