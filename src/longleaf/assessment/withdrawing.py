"""The verb that ends an attempt at its earner's wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold
from longleaf.assessment.mentoring.inviting import take_back_unanswered
from longleaf.assessment.models import Attempt
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.assessment.teams.forming import leave_open_teams
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def withdraw(*, attempt: Attempt, acting_person: Person) -> Attempt:
    """End an attempt that nobody is judging. Withdrawing twice is withdrawing once.

    Nobody is asked to help with it any more, and it leaves its teams that are not closed.
    Raises `WrongState` while assessors are reading and after a decision that stands.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    old = AttemptStatus(attempt.status)
    if old is AttemptStatus.WITHDRAWN:
        return attempt
    require_move(ATTEMPT_MOVES, old, AttemptStatus.WITHDRAWN, what="This attempt")
    attempt.status = AttemptStatus.WITHDRAWN
    attempt.save(update_fields=["status", "changed_at"])
    take_back_unanswered(attempt, acting_person=acting_person)
    leave_open_teams(attempt, acting_person=acting_person)
    record(
        Event.WITHDRAWN,
        actor=acting_person,
        subject=f"attempt:{attempt.ref}",
        data={"from": old.value, "round": attempt.round},
    )
    return attempt
