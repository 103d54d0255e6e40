"""The verbs that have what is recognised read anew, by the same review as anything that is handed in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.journal.recording import record, take_turn
from longleaf.kit.words import plain_line_ends
from longleaf.panels.errors import ReasonMissing
from longleaf.quality.errors import (
    ApplicationUnderWay,
    MayNotDecide,
    NothingToReadAnew,
    ReadsApplications,
    ReadsDesigns,
    UnusableDay,
    UnusableSample,
)
from longleaf.quality.events import Event
from longleaf.quality.oversight.access import may_oversee
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.oversight.queries import (
    application_behind,
    is_under_way,
    last_text_of,
    recognised_by,
    to_read_anew,
)
from longleaf.quality.reviewing import handing_in
from longleaf.quality.reviewing.access import reads_applications, reads_designs
from longleaf.quality.status import UNDER_WAY, Cause

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person
    from longleaf.quality.models import Application, Review

MOST_AT_ONCE = 50


@transaction.atomic
def call_in(*, subject: Version | AsWhat, cause: Cause, note: str = "", acting_person: Person) -> Review:
    """Call a micro-credential, or an organisation as what it was approved, in for a review of the agency's own.

    Of an organisation the application is read anew on which it was decided last, as it stood then (`ask_to_update` has
    it brought up to date first). Raises `MayNotDecide`, `ReadsDesigns` or `ReadsApplications` where the officer reads
    one of the same sort, `NothingToReadAnew` where it never handed one in, and what `reviewing.handing_in` raises.
    """
    _require_reads_none(acting_person, of_organisations=isinstance(subject, AsWhat))
    return _call_in(subject, cause, note, acting_person)


def _require_reads_none(person: Person, *, of_organisations: bool) -> None:
    """Whoever reads one blind is answered alike of all: what is refused or left out would tell which are in review."""
    if of_organisations and reads_applications(person):
        raise ReadsApplications
    if not of_organisations and reads_designs(person):
        raise ReadsDesigns


def _call_in(subject: Version | AsWhat, cause: Cause, note: str, acting_person: Person) -> Review:
    facts = {"cause": cause, "note": note, "acting_person": acting_person}
    if not isinstance(subject, AsWhat):
        return handing_in.call_in(version=subject, **facts)  # type: ignore[arg-type]
    application = application_behind(subject)
    last = last_text_of(application) if application else None
    if application is None or last is None:
        raise NothingToReadAnew(f"{subject} handed in no application here, so there is nothing to read anew.")
    return handing_in.call_in_application(application=application, document=last, **facts)  # type: ignore[arg-type]


@transaction.atomic
def ask_to_update(*, subject: AsWhat, by: date | None, reason: str, acting_person: Person) -> Application:
    """Ask an organisation to bring what it was approved on up to date by a day, so that its practice of now is read.

    It may begin its renewal from then on, however long its approval holds. Asking again sets another day. Raises
    `MayNotDecide`, `ReadsApplications`, `ReasonMissing`, `UnusableDay`, `NothingToReadAnew`, and
    `ApplicationUnderWay` where it writes one or one is read.
    """
    agency = directory.agency()
    if agency is None or not may_oversee(acting_person, agency):
        raise MayNotDecide
    _require_reads_none(acting_person, of_organisations=True)
    if not reason.strip():
        sentence = "Say why, in words that the organization reads."
        raise ReasonMissing(sentence, fields={"reason": sentence})
    if by is None or by <= timezone.localdate():
        sentence = "Give a day to come, by which it is to be handed in."
        raise UnusableDay(sentence, fields={"by": sentence})
    # Two at the same moment wait for each other here, also one of the organisation that begins its renewal.
    take_turn()
    application = application_behind(subject)
    if application is None:
        raise NothingToReadAnew(f"{subject} handed in no application here, so there is nothing to bring up to date.")
    if is_under_way(subject):
        raise ApplicationUnderWay(f"{subject} has an application under way, or it is read anew. Wait for its decision.")
    application.update_by, application.update_reason = by, plain_line_ends(reason.strip())
    application.save(update_fields=["update_by", "update_reason"])
    data = {"organisation": subject.organisation.code, "judged_as": subject.judged_as.value, "by": by.isoformat()}
    record(
        Event.APPLICATION_UPDATE_ASKED,
        actor=acting_person,
        subject=f"application:{application.ref}",
        data={**data, "reason": application.update_reason},
    )
    return application


@transaction.atomic
def draw_sample(
    *, agency: Organisation, number: int, of_organisations: bool = False, acting_person: Person
) -> list[Review]:
    """Draw so many recognised micro-credentials, or approved organisations, by lot and call each in for a review; fewer
    where there are fewer.

    What is in review already is not drawn. Nobody can know who is drawn, and the journal tells out of how many, never
    which: whoever reads one of them learns neither whose it is nor that it is an audit. Raises
    `MayNotDecide`, `UnusableSample`, and what `call_in` raises.
    """
    if not may_oversee(acting_person, agency):
        raise MayNotDecide
    _require_reads_none(acting_person, of_organisations=of_organisations)
    if not 1 <= number <= MOST_AT_ONCE:
        sentence = f"Draw between 1 and {MOST_AT_ONCE} at once."
        raise UnusableSample(sentence, fields={"number": sentence})
    lots: Sequence[int | AsWhat] = _organisations(agency) if of_organisations else _keys_of_versions(agency)
    drawn = secrets.SystemRandom().sample(lots, min(number, len(lots)))
    data = {"asked": number, "out_of": len(lots)}
    record(Event.SAMPLE_DRAWN, actor=acting_person, subject=f"organisation:{agency.code}", data=data)
    return [_call_in(each, Cause.AUDIT, "", acting_person) for each in _subjects(agency, drawn)]


def _keys_of_versions(agency: Organisation) -> list[int]:
    """There may be thousands to draw a few from, so only what is drawn is read."""
    standing = recognised_by(agency, today=timezone.localdate()).exclude(version__quality_reviews__status__in=UNDER_WAY)
    return [each for each in standing.order_by("pk").values_list("version", flat=True) if each]


def _organisations(agency: Organisation) -> list[AsWhat]:
    return to_read_anew(agency, today=timezone.localdate())


def _subjects(agency: Organisation, drawn: Sequence[int | AsWhat]) -> list[Version | AsWhat]:
    keys = [each for each in drawn if isinstance(each, int)]
    standing = recognised_by(agency, today=timezone.localdate()).filter(version__in=keys)
    versions = {each.version_id: each.version for each in standing if each.version}
    return [versions[each] if isinstance(each, int) else each for each in drawn]
