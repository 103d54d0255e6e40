"""Who has an attempt judged: the issuer, or the school unit that ran the pathway when the attempt was begun.

It is written down with the beginning, so that an approval that ends leaves alone what is under way (decision 0132).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from longleaf.assessment.models import Attempt
from longleaf.directory.queries import organisations_by_key, roles_on
from longleaf.directory.status import Role
from longleaf.panels.pool.queries import pool_reading_for

if TYPE_CHECKING:
    from longleaf.assessment.models import Submission
    from longleaf.directory.models import Organisation


def judged_by(attempt: Attempt) -> Organisation:
    """The organisation whose leads look after the attempt."""
    return attempt.run_by or attempt.micro_credential.issuer


def pool_for(submission: Submission, attempt: Attempt) -> Organisation:
    """Whose pool reads a round. What an appeal has read anew goes to the issuer's, whoever read it first."""
    issuer = attempt.micro_credential.issuer
    return pool_reading_for(issuer if submission.reread_of_id else judged_by(attempt))


def led_in(places: Collection[int]) -> Q:
    """Of submissions: those of which leads in these places look whether they are complete.

    Where a unit has nobody left to lead, its earners do not wait for ever: the leads of the issuer look.
    """
    led = Exists(roles_on().filter(role=Role.LEAD_ASSESSOR, organisation=OuterRef("attempt__run_by")))
    at_the_issuer = Q(attempt__micro_credential__issuer__in=places) & (Q(attempt__run_by__isnull=True) | ~Q(led))
    return at_the_issuer | Q(attempt__run_by__in=places)


def places_of_units(attempts: Collection[int]) -> frozenset[int]:
    """Keys of the units that have attempts, by their keys, judged, with those whose pools read for them."""
    runs = Attempt.objects.filter(pk__in=attempts, run_by__isnull=False).values_list("run_by", flat=True)
    units = organisations_by_key({key for key in runs if key})
    return frozenset(units) | {pool_reading_for(each).pk for each in units.values()}


def places_that_judge(attempt: Attempt) -> frozenset[int]:
    """Keys of the organisations whose assessors may come to judge an attempt: with those whose pools read for them."""
    asked = {attempt.micro_credential.issuer, judged_by(attempt)}
    return frozenset(place.pk for each in asked for place in (each, pool_reading_for(each)))
