"""Whom recognitions remind: of conditions that are due, of what is reported of them, and of recognitions that end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from longleaf.catalog import queries as catalog
from longleaf.directory.queries import holders_of
from longleaf.directory.status import Role
from longleaf.kit.dates import day
from longleaf.quality.models import Condition, ConditionReport, QualityDecision, Review
from longleaf.quality.queries import RECOGNISES, holding_among
from longleaf.quality.reviewing import conditions
from longleaf.quality.reviewing.subjects import APPLIES, HANDS_IN
from longleaf.quality.status import UNDER_WAY, ReportStatus
from longleaf.reminders.sources import Due, Source

if TYPE_CHECKING:
    from longleaf.catalog.models import Version

Holders = Mapping[tuple[Role, int], frozenset[int]]
# Further ahead than any state may ask to be told, in days of the calendar.
FURTHEST_AHEAD = timedelta(days=250)
# What lies longer back than this is no news to anybody; the pages still show it.
FURTHEST_BACK = timedelta(days=365)


def conditions_due(now: datetime) -> Iterator[Due]:
    """To whoever speaks for what was recognised, a condition that is to be met; not while the agency looks at it."""
    waiting = [each for each in conditions.in_force(timezone.localdate(now)) if not _is_reported(each)]
    speakers = holders_of({*HANDS_IN, *APPLIES}, {_owner(each.review) for each in waiting})
    for condition in waiting:
        ref, until = condition.review.ref, condition.until
        for person in _people(speakers, HANDS_IN if condition.review.version_id else APPLIES, _owner(condition.review)):
            yield Due(
                person=person,
                about=_about(condition),
                link=_page(condition),
                due=until,
                says=f"Condition {condition.number} of {ref} is to be met by {day(until)}. Report it when it is.",
                late=f"Condition {condition.number} of {ref} was to be met by {day(until)}. Report it.",
            )


def conditions_overdue(now: datetime) -> Iterator[Due]:
    """To each officer of the agency, a condition whose day has passed and of which nothing waits to be looked at."""
    waiting = [each for each in conditions.in_force(timezone.localdate(now)) if not _is_reported(each)]
    officers = holders_of([Role.STATE_OFFICER], {each.review.agency_id for each in waiting})
    for condition in waiting:
        says = f"Condition {condition.number} of {condition.review.ref} was to be met by {day(condition.until)}."
        for person in _people(officers, [Role.STATE_OFFICER], condition.review.agency_id):
            at = reverse("quality:follow_up")
            yield Due(person=person, about=_about(condition), link=at, due=condition.until, late=says)


def conditions_reported(now: datetime) -> Iterator[Due]:
    """To each officer of the agency, a report that waits for an answer."""
    rows = ConditionReport.objects.filter(status=ReportStatus.WAITING).select_related("condition__review")
    waiting = list(rows.defer("condition__review__letter").order_by("pk"))
    officers = holders_of([Role.STATE_OFFICER], {each.condition.review.agency_id for each in waiting})
    for report in waiting:
        condition = report.condition
        since = timezone.localdate(report.reported_at)
        says = f"Condition {condition.number} of {condition.review.ref} is reported as met since {day(since)}. Answer."
        for person in _people(officers, [Role.STATE_OFFICER], condition.review.agency_id):
            at = reverse("quality:follow_up")
            yield Due(person=person, about=f"report:{report.ref}", link=at, since=since, says=says, late=says)


def recognitions_end(now: datetime) -> Iterator[Due]:
    """To whoever designs or offers it, that the recognition of what is offered ends, unless it is in review again."""
    ending = list(_ending(now))
    speakers = holders_of(HANDS_IN, {version.micro_credential.issuer_id for _, version in ending})
    for decision, version in ending:
        for person in _people(speakers, HANDS_IN, version.micro_credential.issuer_id):
            yield _ends(decision, person, reverse("quality:hand_in", kwargs={"slug": version.micro_credential.slug}))


def recognitions_end_for_agency(now: datetime) -> Iterator[Due]:
    """The same to each officer of the agency that recognised it."""
    ending = list(_ending(now))
    officers = holders_of([Role.STATE_OFFICER], {decision.decided_by_id for decision, _ in ending})
    for decision, _ in ending:
        for person in _people(officers, [Role.STATE_OFFICER], decision.decided_by_id):
            yield _ends(decision, person, reverse("quality:follow_up"))


def designs_to_look_at(now: datetime) -> Iterator[Due]:
    """To whoever designs or offers it, that the day has come on which a design says it is looked at again."""
    versions = _to_look_at(now)
    speakers = holders_of(HANDS_IN, {each.micro_credential.issuer_id for each in versions})
    for version in versions:
        for person in _people(speakers, HANDS_IN, version.micro_credential.issuer_id):
            yield _look_again(version, person)


def designs_to_look_at_for_agency(now: datetime) -> Iterator[Due]:
    """The same to each officer of an agency that recognises the design now."""
    versions = {each.pk: each for each in _to_look_at(now)}
    decided = QualityDecision.objects.filter(version__in=versions).defer("version__document", "version__search_text")
    holding = [each.decision for each in holding_among(decided, timezone.localdate(now)) if each.recognises]
    officers = holders_of([Role.STATE_OFFICER], {each.decided_by_id for each in holding})
    for decision in holding:
        for person in _people(officers, [Role.STATE_OFFICER], decision.decided_by_id):
            yield _look_again(versions[decision.version_id or 0], person)


def _ending(now: datetime) -> Iterator[tuple[QualityDecision, Version]]:
    today = timezone.localdate(now)
    span = (today - FURTHEST_BACK, today + FURTHEST_AHEAD)
    soon = QualityDecision.objects.filter(version__isnull=False, outcome__in=RECOGNISES, valid_until__range=span)
    offered = catalog.bare_offered(soon.values_list("version", flat=True))
    named = QualityDecision.objects.filter(version__in=offered).defer("version__document", "version__search_text")
    read = set(Review.objects.filter(status__in=UNDER_WAY, version__in=offered).values_list("version", flat=True))
    for decision in (each.decision for each in holding_among(named, today)):
        until, version = decision.valid_until, offered[decision.version_id or 0]
        if decision.outcome in RECOGNISES and until and span[0] <= until <= span[1] and version.pk not in read:
            yield decision, version


def _ends(decision: QualityDecision, person: int, link: str) -> Due:
    until = decision.valid_until
    assert until is not None, "only what ends is asked for"
    return Due(
        person=person,
        about=f"quality-decision:{decision.pk}",
        link=link,
        due=until,
        says=f"A recognition ends on {day(until)}. Its design is to be handed in for review before.",
        late=f"A recognition ended on {day(until)}. Its design can be handed in for review anew.",
    )


def _to_look_at(now: datetime) -> list[Version]:
    today = timezone.localdate(now)
    return list(catalog.to_look_at_again(today - FURTHEST_BACK, today + FURTHEST_AHEAD))


def _look_again(version: Version, person: int) -> Due:
    slug, by = version.micro_credential.slug, version.review_by
    assert by is not None, "only what says a day is asked for"
    return Due(
        person=person,
        about=f"version:{version.uuid}",
        link=reverse("catalog:show", kwargs={"slug": slug}),
        due=by,
        says=f"{slug} says that it is looked at again by {day(by)}.",
        late=f"{slug} says that it was looked at again by {day(by)}. Begin its next version, or retire it.",
    )


def _people(holders: Holders, roles: Iterable[Role], organisation: int) -> list[int]:
    return sorted({person for role in roles for person in holders.get((role, organisation), frozenset())})


def _owner(review: Review) -> int:
    if review.version:
        return review.version.micro_credential.issuer_id
    assert review.application is not None, "the database keeps that there is exactly one subject"
    return review.application.organisation_id


def _is_reported(condition: Condition) -> bool:
    return any(each.status == ReportStatus.WAITING for each in condition.reports.all())


def _about(condition: Condition) -> str:
    return f"condition:{condition.review.ref}/{condition.number}"


def _page(condition: Condition) -> str:
    return reverse("quality:condition", kwargs={"ref": condition.review.ref, "number": condition.number})


REMINDERS = (
    # Writing takes weeks, and whoever answers for it can say more than that the day has passed.
    Source("condition-due", conditions_due, days=(-20, -5, 1, 10)),
    Source("condition-overdue", conditions_overdue, days=(1, 10)),
    Source("condition-reported", conditions_reported, days=(0, 5), within=5),
    Source("recognition-ends", recognitions_end, days=(-60, -40, -20, 1)),
    Source("recognition-ends-agency", recognitions_end_for_agency, days=(-20, 1)),
    Source("review-by", designs_to_look_at, days=(-20, 0, 20)),
    Source("review-by-agency", designs_to_look_at_for_agency, days=(20,)),
)
