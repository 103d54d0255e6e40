"""What can only be seen when files are laid side by side: codes that lead nowhere, and rules between parts.

Each check takes what was gathered and gives the mistakes it finds. A check leaves alone whatever stands in a
file that is itself wrong, so that one mistake is not told as many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from longleaf.states.crosschecks import (
    appearance,
    calendar,
    codes,
    frameworks,
    micro_credentials,
    organisations,
    policies,
    recognitions,
    rubrics,
    sources,
    stacks,
)
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered

Crosscheck = Callable[[Gathered], Iterator[Mistake]]

ALL: tuple[Crosscheck, ...] = (
    codes.check,
    sources.check,
    organisations.check,
    frameworks.check,
    rubrics.check,
    micro_credentials.check,
    stacks.check,
    recognitions.check,
    policies.check,
    appearance.check,
    calendar.check,
)
