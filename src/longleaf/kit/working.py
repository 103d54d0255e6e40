"""Background work without a broker: each app leaves rows that are due, and chores claim them.

A chore is a function without arguments that claims what is due with a conditional update, does it, and returns how many
it did. Any number of workers may run the same chore at once, and one that is killed leaves rows that another claims
when the lease has run out. `settings.CHORES` names the chores.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_ROUNDS = 5.0


def work_once() -> int:
    """Run every chore once. Returns how much was done; a chore that fails is logged and does not stop the others."""
    return sum(_run(import_string(path)) for path in settings.CHORES)


def work_until(stop: threading.Event) -> None:
    """Run rounds until `stop` is set; rest between rounds that found nothing to do."""
    while not stop.is_set():
        close_old_connections()
        if not work_once():
            stop.wait(SECONDS_BETWEEN_ROUNDS)


def start_in_process() -> None:
    """The embedded default: one daemon thread beside the web server's threads."""
    if settings.WORK_IN_PROCESS:
        threading.Thread(target=work_until, args=(threading.Event(),), name="longleaf-work", daemon=True).start()


def _run(chore: Callable[[], int]) -> int:
    try:
        return chore()
    except Exception:
        logger.exception("The chore %s failed; it runs again in the next round.", chore.__qualname__)
        return 0
