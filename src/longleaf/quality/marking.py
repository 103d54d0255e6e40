"""What quality marks in lists of micro-credentials (`settings.CATALOG_MARKS`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.quality.queries import closed_among
from longleaf.quality.status import Outcome

if TYPE_CHECKING:
    from longleaf.catalog.models import Version

# As it is called beside a title: “Withdrawn” alone could be the offer's own.
WORDS = {Outcome.SUSPENDED.value: "Recognition suspended", Outcome.WITHDRAWN.value: "Recognition withdrawn"}


def closed_marks(versions: Sequence[Version]) -> dict[int, str]:
    """By the keys of versions that nobody begins on, the word for why. One query."""
    return {key: WORDS[decision.outcome] for key, decision in closed_among(versions, timezone.localdate()).items()}
