"""Sending what was handed in to a panel: told once for a round, and for a round that an appeal has read anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from longleaf.assessment.anchors.anchoring import asked_of_readers
from longleaf.assessment.desk.access import PANEL_KIND, kept_outside
from longleaf.assessment.evidence.naming import instrument_of
from longleaf.assessment.judged_by import pool_for
from longleaf.assessment.models import Appeal, Attempt, Submission
from longleaf.assessment.nearness import people_near
from longleaf.directory.queries import people_by_key
from longleaf.panels import convening
from longleaf.panels import queries as panels

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def send_to_panel(
    submission: Submission,
    attempt: Attempt,
    *,
    kept_off: Iterable[Person],
    may_have_seen: Collection[int] = (),
    acting_person: Person,
) -> None:
    """Convene the panel of a submission, for a verb that holds its attempt.

    The earner never reads it, nor anybody in `kept_off`, nor who helped with it, nor who works where the earner works;
    whoever read an earlier round or looked at an appeal against it, and people in `may_have_seen`, by key, are asked
    only where nobody else could be.
    """
    pool, document = pool_for(submission, attempt), attempt.version.document
    looked = Appeal.objects.filter(submission__attempt=attempt, looked_at_by__isnull=False)
    saw = people_by_key([*looked.values_list("looked_at_by", flat=True), *may_have_seen])
    saw |= {person.pk: person for person in panels.readers_of(_earlier_panels(submission))}
    submission.panel = convening.convene(
        kind=PANEL_KIND,
        subject=submission.ref,
        pool=pool,
        rubric=document["rubric"],
        rule=document["panel_rule"],
        met_before=submission.met_before,
        levels_before=submission.levels_before,
        barred_people={person.pk: person for person in (attempt.earner, *people_near(attempt), *kept_off)}.values(),
        barred_organisations=kept_outside(attempt.earner, pool=pool),
        # A unit that runs a pathway judges its own educators, and by people who do not work there.
        of_outsiders=attempt.run_by_id is not None and pool.pk == attempt.run_by_id,
        instrument=instrument_of(attempt.version),
        work_of=[attempt.earner],
        read_before={
            each.pk: each for each in (*panels.readers_of(_earlier_panels(submission)), *saw.values())
        }.values(),
        language=submission.language or document.get("language", ""),
        tags=_tags_of(document),
        due_at=submission.due_at or timezone.now(),
        acting_person=acting_person,
    )
    submission.save(update_fields=["panel"])


def would_wait(submission: Submission, attempt: Attempt) -> bool:
    """Whether this would wait, if it were handed in now, until somebody is certified to read it."""
    return asked_of_readers(attempt.version, pool=pool_for(submission, attempt)).nobody_may_read


def _earlier_panels(submission: Submission) -> list[int]:
    """The panels of the attempt's earlier rounds: a new round is read by people who did not see its scores. And those
    of others with the same artifact of a team: who reads both could tell that they belong together."""
    # Two questions in one, each by its own index: joined by "or", they would look through every submission.
    teams = submission.own_parts.values("team")
    others = Submission.objects.filter(panel__isnull=False).exclude(pk=submission.pk).order_by()
    rounds = others.values_list("panel", flat=True)
    found = rounds.filter(attempt=submission.attempt_id).union(rounds.filter(own_parts__team__in=teams))
    return [key for key in found if key]


def _tags_of(document: Mapping[str, Any]) -> list[str]:
    """What a micro-credential is about, in the words in which assessors tell what they know about."""
    audience = document["audience"]
    lists = {"roles": audience["roles"], "grade_bands": audience["grade_bands"], "topics": document["topics"]}
    return [f"{name}:{code}" for name, codes in lists.items() for code in codes]
