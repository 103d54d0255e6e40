"""The gate before live work: train, sit the test, be certified, lapse, and what a new text of the rubric does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.panels import rating
from longleaf.panels.calibration import editions, standing, testing
from longleaf.panels.errors import (
    ChangeIsNotEditorial,
    CheckIsNotGivenBack,
    NoSuchCertification,
    NotLeadAssessor,
    ReasonMissing,
    TestNotOpen,
    TooFewAnchors,
)
from longleaf.panels.models import Certification, RubricEdition, Sitting
from longleaf.panels.status import CertificationStatus
from longleaf.panels.tests.calibration.stage import (
    SMALL,
    certify,
    convene_live,
    make_anchors,
    make_edition,
    read,
    readings_of,
    set_gate,
    sit,
    train,
    truth_of,
)
from longleaf.panels.tests.factories import raters_of
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(issuer: Organisation, lead_assessor: Person) -> RubricEdition:
    made = make_edition(issuer)
    set_gate(issuer)
    make_anchors(made, lead_assessor, unseen=8, training=2)
    return made


def test_without_a_gate_everybody_in_the_pool_is_given_live_work(
    issuer: Organisation, first_assessor: Person, second_assessor: Person
) -> None:
    assert len(raters_of(convene_live(issuer, "SUB-1"))) == 2


def test_where_it_is_required_nobody_without_a_certificate_is_given_live_work(
    edition: RubricEdition, issuer: Organisation, first_assessor: Person, second_assessor: Person
) -> None:
    assert raters_of(convene_live(issuer, "SUB-1")) == []
    certify(edition, first_assessor)
    assert raters_of(convene_live(issuer, "SUB-2")) == ["Ada First"]


def test_the_test_opens_only_after_training(edition: RubricEdition, first_assessor: Person) -> None:
    held = standing.enter_training(edition=edition, acting_person=first_assessor)
    with pytest.raises(TestNotOpen, match="Train on 1 more anchor first"):
        testing.begin_test(certification=held, acting_person=first_assessor)
    train(edition, first_assessor)
    assert testing.begin_test(certification=held, acting_person=first_assessor).passed is None


def test_the_same_anchor_read_again_is_no_more_training(
    edition: RubricEdition, first_assessor: Person, issuer: Organisation
) -> None:
    set_gate(issuer, {**SMALL, "training": {"anchors": 3}})
    train(edition, first_assessor, times=3)
    held = Certification.objects.get()
    assert testing.trained_on(held) == 2
    with pytest.raises(TestNotOpen, match="Train on 1 more anchor first"):
        testing.begin_test(certification=held, acting_person=first_assessor)


def test_whoever_reads_as_the_anchors_say_is_certified_for_a_year(
    edition: RubricEdition, first_assessor: Person
) -> None:
    held = certify(edition, first_assessor)
    today = timezone.localdate()
    assert (held.status, held.certified_from) == (CertificationStatus.CERTIFIED, today)
    assert held.certified_until is not None
    assert 364 <= (held.certified_until - today).days <= 366
    sitting = Sitting.objects.get()
    assert sitting.result is not None
    assert (sitting.passed, sitting.result["right"], sitting.result["levels"]) == (True, 8, 8)
    assert sitting.result["kappa"]["value"] == 1


def test_whoever_does_not_is_told_where_and_in_which_direction(edition: RubricEdition, first_assessor: Person) -> None:
    sitting = sit(train(edition, first_assessor), first_assessor, wrong=["B"])
    assert sitting.passed is False
    assert sitting.result is not None
    a, b = sitting.result["criteria"]
    assert (a["right"], a["of"], b["right"], b["of"]) == (4, 4, 0, 4)
    assert (b["above"], b["below"]) == (
        sum(truth_of(seat)["B"] == "not-yet" for seat in readings_of(sitting)),
        sum(truth_of(seat)["B"] == "demonstrated" for seat in readings_of(sitting)),
    )
    assert len(sitting.result["missed"]) == 2
    assert Certification.objects.get().status == CertificationStatus.IN_TRAINING


def test_the_next_test_waits_and_draws_other_anchors(edition: RubricEdition, first_assessor: Person) -> None:
    held = train(edition, first_assessor)
    first = sit(held, first_assessor, wrong=["A", "B"])
    with pytest.raises(TestNotOpen, match="You can try again from"):
        testing.begin_test(certification=held, acting_person=first_assessor)
    Sitting.objects.update(closed_at=timezone.now() - timedelta(days=8))
    second = testing.begin_test(certification=held, acting_person=first_assessor)
    read_before = {seat.panel.check_reading.anchor_id for seat in readings_of(first)}
    assert read_before.isdisjoint(seat.panel.check_reading.anchor_id for seat in readings_of(second))


def test_attempts_end_until_a_lead_sends_somebody_back_to_training(
    edition: RubricEdition, first_assessor: Person, lead_assessor: Person, issuer: Organisation
) -> None:
    set_gate(issuer, {"training": {"anchors": 0}, "test": {"anchors": 2, "attempts": 1, "wait_days": 0}})
    held = standing.enter_training(edition=edition, acting_person=first_assessor)
    sit(held, first_assessor, wrong=["A", "B"])
    with pytest.raises(TestNotOpen, match="Every attempt"):
        testing.begin_test(certification=held, acting_person=first_assessor)
    held = standing.withdraw(certification=held, because="Later, perhaps.", acting_person=lead_assessor)
    held = standing.send_to_training(certification=held, because="Try again.", acting_person=lead_assessor)
    assert sit(held, first_assessor).passed is True


def test_a_test_needs_as_many_anchors_as_the_gate_asks(
    edition: RubricEdition, first_assessor: Person, issuer: Organisation
) -> None:
    held = train(edition, first_assessor)
    set_gate(issuer, {"training": {"anchors": 0}, "test": {"anchors": 9}})
    with pytest.raises(TooFewAnchors, match="takes 9 anchors and there are 8 for you"):
        testing.begin_test(certification=held, acting_person=first_assessor)


def test_a_test_that_runs_out_of_time_is_closed_with_what_was_read(
    edition: RubricEdition, first_assessor: Person
) -> None:
    sitting = testing.begin_test(certification=train(edition, first_assessor), acting_person=first_assessor)
    seat = readings_of(sitting)[0]
    read(seat, truth_of(seat))
    assert testing.close_ended(now=timezone.now() + timedelta(days=14)) == 0
    assert testing.close_ended(now=timezone.now() + timedelta(days=16)) == 1
    assert testing.close_ended(now=timezone.now() + timedelta(days=16)) == 0
    sitting.refresh_from_db()
    assert sitting.passed is False
    assert sitting.result is not None
    assert sitting.result["missed"][0] == "1 anchor of 4 were read in time."


def test_a_reading_of_a_test_cannot_be_given_back(edition: RubricEdition, first_assessor: Person) -> None:
    sitting = testing.begin_test(certification=train(edition, first_assessor), acting_person=first_assessor)
    with pytest.raises(CheckIsNotGivenBack):
        rating.decline(assignment=readings_of(sitting)[0], reason="I know it.", acting_person=first_assessor)


def test_nobody_takes_the_test_of_somebody_else_or_of_another_pool(
    edition: RubricEdition, first_assessor: Person, second_assessor: Person, educator: Person
) -> None:
    held = train(edition, first_assessor)
    with pytest.raises(NoSuchCertification):
        testing.begin_test(certification=held, acting_person=second_assessor)
    with pytest.raises(NoSuchCertification):
        standing.enter_training(edition=edition, acting_person=educator)


def test_a_certificate_lapses_when_its_last_day_is_over(edition: RubricEdition, first_assessor: Person) -> None:
    held = certify(edition, first_assessor)
    assert held.certified_until is not None
    assert standing.lapse_ended(on=held.certified_until) == 0
    assert standing.lapse_ended(on=held.certified_until + timedelta(days=1)) == 1
    held.refresh_from_db()
    assert held.status == CertificationStatus.LAPSED
    assert standing.enter_training(edition=edition, acting_person=first_assessor).status == "in_training"


def test_whoever_takes_the_test_again_in_time_is_certified_anew(edition: RubricEdition, first_assessor: Person) -> None:
    held = certify(edition, first_assessor)
    Certification.objects.update(certified_until=timezone.localdate() + timedelta(days=5))
    sit(held, first_assessor)
    held.refresh_from_db()
    assert held.certified_until is not None
    assert held.certified_until > timezone.localdate() + timedelta(days=300)


def test_a_new_text_of_the_rubric_ends_what_was_shown_with_the_old_one(
    edition: RubricEdition, issuer: Organisation, first_assessor: Person
) -> None:
    certify(edition, first_assessor)
    assert raters_of(convene_live(issuer, "SUB-1")) == ["Ada First"]
    assert raters_of(convene_live(issuer, "SUB-2", rubric=_reworded())) == []


def test_whoever_is_suspended_gets_no_live_work_by_a_new_text_or_by_training_anew(
    edition: RubricEdition, issuer: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    set_gate(issuer, {**SMALL, "certification": "recommended"})
    held = certify(edition, first_assessor)
    assert raters_of(convene_live(issuer, "SUB-1")) == ["Ada First"]
    standing.suspend(certification=held, because="Drifted.", acting_person=None)
    assert raters_of(convene_live(issuer, "SUB-2", rubric=_reworded())) == []
    standing.send_to_training(certification=held, because="Train first.", acting_person=lead_assessor)
    assert raters_of(convene_live(issuer, "SUB-3")) == []
    assert raters_of(convene_live(issuer, "SUB-4", rubric=_reworded())) == []


def test_whoever_trains_anew_after_a_certificate_lapsed_goes_on_reading_where_none_is_required(
    edition: RubricEdition, issuer: Organisation, first_assessor: Person
) -> None:
    set_gate(issuer, {**SMALL, "certification": "recommended"})
    held = certify(edition, first_assessor)
    assert held.certified_until is not None
    standing.lapse_ended(on=held.certified_until + timedelta(days=1))
    standing.enter_training(edition=edition, acting_person=first_assessor)
    assert raters_of(convene_live(issuer, "SUB-1")) == ["Ada First"]


def test_an_editorial_change_keeps_certificates_and_anchors(
    edition: RubricEdition, issuer: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    certify(edition, first_assessor)
    panel = convene_live(issuer, "SUB-1", rubric=_reworded())
    assert panel.edition is not None
    editions.mark_editorial(edition=panel.edition, because="A comma.", acting_person=lead_assessor)
    assert raters_of(convene_live(issuer, "SUB-2", rubric=_reworded())) == ["Ada First"]
    assert JournalLine.objects.filter(event="calibration:edition:marked-editorial").count() == 1


def test_only_a_lead_marks_a_change_as_editorial_with_a_reason_and_only_one_that_keeps_the_frame(
    edition: RubricEdition, issuer: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    reworded = make_edition(issuer, rubric=_reworded())
    with pytest.raises(NotLeadAssessor):
        editions.mark_editorial(edition=reworded, because="A comma.", acting_person=first_assessor)
    with pytest.raises(ReasonMissing):
        editions.mark_editorial(edition=reworded, because=" ", acting_person=lead_assessor)
    with pytest.raises(ChangeIsNotEditorial):
        editions.mark_editorial(edition=edition, because="It is the first.", acting_person=lead_assessor)
    shorter = _reworded()
    shorter["criteria"] = shorter["criteria"][:1]
    other = make_edition(issuer, rubric=shorter)
    with pytest.raises(ChangeIsNotEditorial, match="Criteria or levels"):
        editions.mark_editorial(edition=other, because="One less.", acting_person=lead_assessor)
    with pytest.raises(ChangeIsNotEditorial, match="later text"):
        editions.mark_editorial(edition=reworded, because="A comma.", acting_person=lead_assessor)


def test_a_lead_decides_on_others_and_never_on_themselves(
    edition: RubricEdition, first_assessor: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    held = certify(edition, first_assessor)
    for person in (first_assessor, second_assessor):
        with pytest.raises(NoSuchCertification):
            standing.suspend(certification=held, because="So.", acting_person=person)
    with pytest.raises(ReasonMissing):
        standing.suspend(certification=held, because="", acting_person=lead_assessor)
    with pytest.raises(WrongState):
        standing.reinstate(certification=held, because="Why not.", acting_person=lead_assessor)
    suspended = standing.suspend(certification=held, because="We have to talk.", acting_person=lead_assessor)
    assert suspended.status == CertificationStatus.SUSPENDED
    again = standing.reinstate(certification=held, because="We have talked.", acting_person=lead_assessor)
    assert again.status == CertificationStatus.CERTIFIED


def _reworded() -> dict[str, object]:
    document = cast.make_document()["rubric"]
    document["criteria"][0]["title"] = "Feedback is specific, and kind"
    return document


@pytest.mark.parametrize("act", [standing.suspend, standing.withdraw])
def test_nobody_trains_on_whose_certificate_a_lead_has_to_look_at(
    edition: RubricEdition, first_assessor: Person, lead_assessor: Person, act: Callable[..., Certification]
) -> None:
    held = certify(edition, first_assessor)
    act(certification=held, because="Look again.", acting_person=lead_assessor)
    with pytest.raises(WrongState, match="lead assessor"):
        testing.train(edition=edition, acting_person=first_assessor)
