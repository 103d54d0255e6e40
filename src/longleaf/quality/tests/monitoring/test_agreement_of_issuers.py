"""Agreement over the rubrics of an issuer: a mean of what each rubric says for itself, and an alarm on it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from longleaf.engines.rubrics.agreement.measuring import agreement
from longleaf.engines.rubrics.agreement.ratings import Rating as Said
from longleaf.engines.rubrics.agreement.scale import Scale
from longleaf.panels.instruments import keep_rubric
from longleaf.panels.models import Assignment, Panel, Rating
from longleaf.panels.status import AssignmentStatus, PanelStatus
from longleaf.quality.models import Alarm
from longleaf.quality.monitoring import watching
from longleaf.quality.monitoring.measuring import mean_agreement
from longleaf.quality.monitoring.sources import ReadBy, Work
from longleaf.quality.tests.monitoring.told import told
from tests import cast

NO, YES = "not-yet", "demonstrated"


def measured(alike: int, apart: int):
    """By two readers of so many pieces: half of those on which they agree are met."""
    pairs = [(NO, NO) if each % 2 else (YES, YES) for each in range(alike)] + [(NO, YES)] * apart
    ratings = [
        Said(str(piece), reader, level)
        for piece, pair in enumerate(pairs)
        for reader, level in zip("ab", pair, strict=True)
    ]
    return agreement(ratings, scale=Scale.ordinal((NO, YES)))


def test_one_rubric_keeps_its_own_interval():
    one = measured(30, 10)
    reading = mean_agreement([one])
    assert (reading.value, reading.number) == (pytest.approx(one.ac1.value), 40)
    assert (reading.low, reading.high) == (pytest.approx(one.ac1.low), pytest.approx(one.ac1.high))


def test_several_are_weighted_by_what_was_read_by_two_and_are_surer_together():
    large, small = measured(60, 20), measured(5, 5)
    reading = mean_agreement([large, small])
    assert reading.value == pytest.approx((80 * large.ac1.value + 10 * small.ac1.value) / 90)
    alike = mean_agreement([measured(30, 10)] * 4)
    one = measured(30, 10).ac1
    assert alike.high - alike.low == pytest.approx((one.high - one.low) / 2)


def test_a_rubric_on_which_all_agree_counts_and_is_not_taken_for_sure():
    perfect, poor = measured(40, 0), measured(20, 20)
    assert (perfect.ac1.value, perfect.ac1.low) == (1.0, None)
    together = mean_agreement([perfect, poor])
    assert together.value == pytest.approx((1 + poor.ac1.value) / 2)
    assert together.low == pytest.approx(
        together.value - ((1 + 1) ** 2 + (poor.ac1.value - poor.ac1.low) ** 2) ** 0.5 / 2
    )
    assert mean_agreement([perfect]) is None
    assert mean_agreement([]) is None


def judged(issuer, version, raters, *, alike, apart):
    """Panels of two on a version, decided; the readers differ on every criterion of the last ones."""
    rubric = keep_rubric(version.document["rubric"])
    for number in range(alike + apart):
        panel = Panel.objects.create(
            kind="submission", subject=f"{version.pk}-{number}", pool=issuer, rubric=rubric, seats=2,
            rule=version.document["panel_rule"], status=PanelStatus.DECIDED, due_at=timezone.now(),
            decided_at=timezone.now(), outcome={},
        )  # fmt: skip
        first = YES if number % 2 else NO
        for seat, rater in enumerate(raters, start=1):
            other = NO if first == YES else YES
            level = first if seat == 1 or number < alike else other
            given = Assignment.objects.create(
                panel=panel, rater=rater, seat=seat, status=AssignmentStatus.SUBMITTED, take_up_by=timezone.now(),
                due_at=timezone.now(), submitted_at=timezone.now(),
            )  # fmt: skip
            Rating.objects.bulk_create(Rating(assignment=given, criterion=code, level=level) for code in "AB")
    return ReadBy(version.pk, issuer.pk, rubric.pk)


def test_an_alarm_rings_on_an_issuer_whose_rubrics_are_each_too_small_to_ring(
    state, agency, issuer, watched, version, first_assessor, second_assessor
):
    document = cast.make_document("asking-that-opens", title="Asking that opens")
    document["rubric"]["criteria"][0]["title"] = "The question is open"
    other = cast.publish(state, issuer, document)
    raters = (first_assessor, second_assessor)
    read_by = [judged(issuer, each, raters, alike=5, apart=5) for each in (version, other)]
    told["work"] = Work(kind="submission", read_by=read_by)
    rule = {"measure": "agreement", "below": 0.6, "at_least": 30}
    watched(alarms=[{**rule, "of": "versions"}, {**rule, "of": "issuers"}])
    assert watching.look(today=timezone.localdate()) == 1
    alarm = Alarm.objects.get()
    assert (alarm.organisation, alarm.version, alarm.measure, alarm.number) == (issuer, None, "agreement", 40)
    assert alarm.high < 0.6
