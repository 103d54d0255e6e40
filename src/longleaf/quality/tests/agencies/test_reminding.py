"""Officers are told in time that an approval ends, until they apply for its renewal."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from longleaf.quality import deciding
from longleaf.quality.agencies.reminding import endings
from longleaf.quality.status import Outcome
from longleaf.quality.tests.agencies import stage
from tests import cast


def test_officers_are_told_of_an_approval_that_ends_until_they_apply(
    state, agency, criteria, issuer, district, issuing_officer, designer
):
    now = timezone.now()
    until = timezone.localdate() + timedelta(days=90)
    for organisation, ends in ((issuer, until), (district, until + timedelta(days=900))):
        deciding.record_decision(
            state=state, decided_by=agency, organisation=organisation, instrument=criteria, valid_from=cast.SINCE,
            outcome=Outcome.RECOGNISED, valid_until=ends, acting_person=None,
        )  # fmt: skip
    (due,) = endings(now)
    assert (due.person, due.due, due.link) == (issuing_officer.pk, until, "/quality/applications/")
    assert issuer.name not in due.says
    stage.begin(issuer, issuing_officer)
    assert list(endings(now)) == []
