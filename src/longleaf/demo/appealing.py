"""Acting out an appeal: lodged by its earner, looked at by whoever may, read anew by others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from longleaf.assessment.appeals import admitting, lodging
from longleaf.assessment.appeals.lookers import lookers_of
from longleaf.directory.queries import people_by_key

if TYPE_CHECKING:
    from longleaf.assessment.models import Appeal, Attempt, Submission
    from longleaf.demo.script import Appeal as Told
    from longleaf.directory.models import Person

ReadAnew = Callable[["Submission"], None]


def appeal(told: Told, attempt: Attempt, *, earner: Person, read_anew: ReadAnew) -> Appeal:
    """Lodge it; where the script says so, admit it and have it read anew."""
    lodged = lodging.lodge(attempt=attempt, grounds=told.grounds, words=told.words, acting_person=earner)
    if told.read_anew is None:
        return lodged
    admitted = admitting.admit(appeal=lodged, acting_person=_looker(lodged))
    assert admitted.reread is not None, "what is admitted is read anew"
    read_anew(admitted.reread)
    return admitted


def _looker(lodged: Appeal) -> Person:
    first = min(lookers_of([lodged.pk])[lodged.pk].people)
    return people_by_key([first])[first]
