"""What a finished reading tells of its reader, kept as observations; and the alarm that suspends.

Every assessor who reads live work by a rubric is watched, certified or not, unless its gate asks nothing at all.
`panels.rating` calls here when a reading is in. Locks: the panel, its seat, then the certificates of its readers in the
order of their keys (`hold_readers`), and the journal last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import fmean

from django.db.models import QuerySet
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.panels.calibration import standing, testing
from longleaf.panels.calibration.asking import asked_now
from longleaf.panels.calibration.checking import close_check
from longleaf.panels.calibration.drifting import rings
from longleaf.panels.calibration.gates import Asked
from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.certification import KEPT_OUT
from longleaf.panels.instruments import rubric_of
from longleaf.panels.models import Assignment, Certification, CheckReading, Observation, Panel
from longleaf.panels.status import AssignmentStatus, CertificationStatus, Purpose, Source

Levels = Mapping[str, float]
# Whoever may read live work, with a certificate or where none is required.
WATCHED = frozenset(CertificationStatus) - KEPT_OUT


def hold_readers(panel: Panel) -> None:
    """Lock the certificates that what happens to this panel may move, before anything is written to the journal.

    Readers of live work who have none stand beside them from now on as not certified.
    """
    if panel.edition_id is None:
        return
    check = CheckReading.objects.filter(panel=panel).first()
    if check is None:
        _stand_beside(panel)
    concerned = Certification.objects.filter(check_readings=check) if check else _certificates_on(panel)
    keys = concerned.values_list("pk", flat=True)
    list(Certification.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk"))


def note_check(seat: Assignment) -> None:
    """A check is read: keep what it showed, and end its panel."""
    check = CheckReading.objects.select_related("certification__edition", "anchor", "sitting__certification").get(
        panel=seat.panel
    )
    close_check(seat.panel)
    if check.purpose == Purpose.TEST and check.sitting:
        testing.close_when_read(check.sitting)
    elif check.purpose == Purpose.SEEDED and check.certification and check.anchor:
        truth = {code: float(_rank(seat.panel, each["level"])) for code, each in check.anchor.truth.items()}
        observe(check.certification, seat, truth, source=Source.ANCHORS)
    elif check.purpose == Purpose.BACK_READING and check.certification and check.read_again:
        observe(check.certification, check.read_again, _ranks(seat), source=Source.BACK_READINGS)


def note_decision(panel: Panel) -> None:
    """A live panel has decided: hold each of its readers against the mean of the others.

    Whoever adjudicated had seen the others' levels, so that theirs is held against nobody's, and nobody's against it.
    """
    if panel.edition_id is None:
        return
    held = {each.person_id: each for each in _certificates_on(panel).select_related("edition")}
    read = panel.assignments.filter(status=AssignmentStatus.SUBMITTED, adjudicates=False)
    seats = list(read.prefetch_related("ratings"))
    ranks = {seat.pk: _ranks(seat) for seat in seats}
    for seat in seats:
        others = [ranks[other.pk] for other in seats if other.pk != seat.pk]
        if seat.rater_id in held and others:
            observe(held[seat.rater_id], seat, _mean(others), source=Source.CO_READERS)


def observe(certification: Certification, reading: Assignment, expected: Levels, *, source: Source) -> None:
    """Keep by how much each level of a reading differs from what was expected, and suspend where that rings."""
    now = timezone.now()
    Observation.objects.bulk_create(
        [
            Observation(
                certification=certification,
                source=source,
                reading=reading,
                criterion=rating.criterion,
                level=rating.level,
                error=_rank(reading.panel, rating.level) - expected[rating.criterion],
                seen_at=now,
            )
            for rating in reading.ratings.order_by("criterion")
            if rating.criterion in expected
        ]
    )
    _look(certification, source, now)


def _look(certification: Certification, source: Source, now: datetime) -> None:
    held = standing.lock(certification.pk)
    if held.status not in WATCHED or held.sent_back_at is not None:
        return
    asked = gate_for(held.edition)
    if asked.asked is Asked.NONE:
        return
    seen = held.observations.filter(source=source, seen_at__gte=held.watched_since or now).order_by("seen_at", "pk")
    told = rings(
        list(seen.values_list("error", flat=True)), drift=asked.drift.get(source), scatter=asked.scatter.get(source)
    )
    if told is not None:
        standing.ring(certification=held, source=source, told=told, now=now)


def _stand_beside(panel: Panel) -> None:
    """Begin to watch readers of live work of whom nothing is kept. Only assessors have a lead who looks at alarms."""
    assert panel.edition is not None, "only panels with an edition are watched"
    readers = panel.assignments.filter(status__in=[AssignmentStatus.STARTED, AssignmentStatus.SUBMITTED])
    known = Certification.objects.filter(edition=panel.edition.standard_id).values("person")
    unknown = list(readers.exclude(rater__in=known).exclude(adjudicates=True).values_list("rater", flat=True))
    if not unknown or panel.reader_role != Role.ASSESSOR or not asked_now(panel.edition).is_watched:
        return
    now = timezone.now()
    # In the order of their keys, as they are locked; whoever hands in at the same moment may have been faster.
    Certification.objects.bulk_create(
        [
            Certification(
                person_id=person,
                edition_id=panel.edition.standard_id,
                status=CertificationStatus.UNCERTIFIED,
                training_since=now,
                watched_since=now,
            )
            for person in sorted(unknown)
        ],
        ignore_conflicts=True,
    )


def _certificates_on(panel: Panel) -> QuerySet[Certification]:
    assert panel.edition is not None, "only panels with an edition are watched"
    readers = panel.assignments.filter(status__in=[AssignmentStatus.STARTED, AssignmentStatus.SUBMITTED])
    return Certification.objects.filter(edition=panel.edition.standard_id, person__in=readers.values("rater"))


def _ranks(seat: Assignment) -> dict[str, float]:
    return {rating.criterion: float(_rank(seat.panel, rating.level)) for rating in seat.ratings.all()}


def _rank(panel: Panel, level: str) -> int:
    return rubric_of(panel).level_by_code[level].rank


def _mean(ranks: Iterable[Levels]) -> dict[str, float]:
    """The mean of each criterion over those who rated it."""
    given: dict[str, list[float]] = {}
    for each in ranks:
        for code, rank in each.items():
            given.setdefault(code, []).append(rank)
    return {code: fmean(found) for code, found in given.items()}
