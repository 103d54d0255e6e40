"""What the journal keeps from an officer who reads a piece of work, or whose own work is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.models import Mentorship, Submission, Team
from longleaf.panels import queries as panels

if TYPE_CHECKING:
    from longleaf.directory.models import Person

OF_A_ROUND = ("submission", "panel", "reading")


def journal_subjects_kept_from(person: Person) -> list[str]:
    """Of work that they read or read once: whose it is, who helped with it, and who else reads it. Of their own: who
    reads it. A second round may reach the same readers, so it is kept from them for good (`panels.blindness`)."""
    read = Submission.objects.filter(ref__in=panels.subjects_read_by(person, kind=PANEL_KIND))
    attempts = set(read.values_list("attempt", flat=True))
    of_others = Submission.objects.filter(attempt__in=attempts)
    kept = {f"attempt:{ref}" for ref in of_others.values_list("attempt__ref", flat=True)}
    kept |= {f"mentoring:{each.ref}" for each in Mentorship.objects.filter(attempt__in=attempts)}
    kept |= {f"team:{each.ref}" for each in Team.objects.filter(members__attempt__in=attempts)}
    for rounds in (of_others, Submission.objects.filter(attempt__earner=person)):
        kept |= _named(rounds.values_list("ref", "panel__ref", "panel__assignments__ref"), OF_A_ROUND)
    return sorted(kept)


def _named(rows: Iterable[tuple[str | None, ...]], kinds: Sequence[str]) -> set[str]:
    # A round that waits for its panel has none yet.
    return {f"{kind}:{ref}" for row in rows for kind, ref in zip(kinds, row, strict=True) if ref}
