"""Letters that a chore sends: claimed for a while, sent, and only then noted as written.

So one that could not be sent, or whose worker died, is sent by another when its time is over, and one that is refused
for good keeps no place from the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.db.models import Q, QuerySet

logger = logging.getLogger(__name__)

# Longer than a slow mail server takes for one letter; between two tries of one that is refused, too.
LEASE = timedelta(hours=1)


def free(now: datetime) -> Q:
    """Letters that nobody is sending."""
    return Q(claimed_at=None) | Q(claimed_at__lte=now - LEASE)


def claim(letters: QuerySet[Any], key: int, now: datetime) -> bool:
    """Whether this one of the letters still to be written is ours to send."""
    return bool(letters.filter(free(now), pk=key).update(claimed_at=now))


def is_sent(send: Callable[[], object], *, about: str) -> bool:
    """Send a letter that is ours. One that is not taken is logged, and tried again after a while."""
    try:
        send()
    except (SMTPException, OSError):
        logger.exception("The letter about %s could not be sent; it is tried again later.", about)
        return False
    return True
