"""The verb that has a sample of what is recognised read anew, by the same review as any design."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.quality.errors import MayNotDecide, UnusableSample
from longleaf.quality.events import Event
from longleaf.quality.oversight.access import may_oversee
from longleaf.quality.oversight.queries import recognised_by
from longleaf.quality.reviewing.handing_in import call_in
from longleaf.quality.status import UNDER_WAY, Cause

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person
    from longleaf.quality.models import Review

MOST_AT_ONCE = 50


@transaction.atomic
def draw_sample(*, agency: Organisation, number: int, acting_person: Person) -> list[Review]:
    """Draw so many recognised micro-credentials by lot and call each in for a review; fewer where there are fewer.

    What is in review already is not drawn. Nobody can know who is drawn, and the journal tells out of how many. Raises
    `MayNotDecide`, `UnusableSample`, and what `call_in` raises.
    """
    if not may_oversee(acting_person, agency):
        raise MayNotDecide
    if not 1 <= number <= MOST_AT_ONCE:
        sentence = f"Draw between 1 and {MOST_AT_ONCE} at once."
        raise UnusableSample(sentence, fields={"number": sentence})
    standing = recognised_by(agency, today=timezone.localdate()).exclude(version__quality_reviews__status__in=UNDER_WAY)
    versions = [each.version for each in standing.order_by("pk") if each.version]
    drawn = secrets.SystemRandom().sample(versions, min(number, len(versions)))
    data = {"asked": number, "out_of": len(versions), "drawn": [each.micro_credential.slug for each in drawn]}
    record(Event.SAMPLE_DRAWN, actor=acting_person, subject=f"organisation:{agency.code}", data=data)
    return [call_in(version=each, cause=Cause.AUDIT, acting_person=acting_person) for each in drawn]
