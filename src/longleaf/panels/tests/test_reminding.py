"""Whom panels remind: leads of readers without an answer, assessors of certificates that run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.panels import reminding
from longleaf.panels.calibration import standing
from longleaf.panels.models import DriftAlarm
from longleaf.panels.status import Source
from longleaf.panels.tests.calibration import stage
from longleaf.reminders.days import told_now

pytestmark = pytest.mark.django_db


def test_an_assessor_is_told_in_time_that_a_certificate_ends(
    issuer: Organisation, lead_assessor: Person, first_assessor: Person
) -> None:
    edition = stage.make_edition(issuer)
    standing.enter_training(edition=edition, acting_person=first_assessor)
    held = standing.certify(
        certification=first_assessor.certifications.get(), on=timezone.localdate(), acting_person=None
    )
    assert held.certified_until
    assert list(reminding.certificates(timezone.now())) == []
    near = timezone.now() + timedelta(days=(held.certified_until - timezone.localdate()).days - 10)
    (due,) = reminding.certificates(near)
    assert (due.person, due.due) == (first_assessor.pk, held.certified_until)
    source = next(each for each in reminding.REMINDERS if each.kind == "certificate-ends")
    told = told_now(due, source, today=timezone.localdate(near), holidays=())
    assert told
    assert told.day == -20


def test_an_alarm_waits_for_every_lead_but_the_one_it_is_about(
    issuer: Organisation, lead_assessor: Person, first_assessor: Person
) -> None:
    edition = stage.make_edition(issuer)
    standing.enter_training(edition=edition, acting_person=first_assessor)
    held = first_assessor.certifications.get()
    DriftAlarm.objects.create(certification=held, source=Source.ANCHORS, told={}, rung_at=timezone.now())
    (due,) = reminding.alarms(timezone.now())
    assert due.person == lead_assessor.pk
    assert first_assessor.name not in due.says + due.late
    assert held.ref in due.link
