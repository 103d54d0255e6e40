"""Criteria that name live figures show them to whoever applies and to reviewers, by whole months."""

from __future__ import annotations

import pytest

from longleaf.quality.monitoring import sources
from longleaf.quality.monitoring.sources import Promised, Work
from longleaf.quality.tests.agencies import stage


@pytest.fixture
def asks_for_figures(state, reviewers):
    document = stage.of_pack("example")
    document["criteria"][0]["figures"] = ["turnaround", "agreement"]
    document["criteria"][1]["figures"] = ["complaints"]
    return stage.publish(state, document)


def worked(monkeypatch, version, rounds):
    def work(window, *, issuer=None):
        return Work(promised=[Promised(version.pk, rounds, rounds - 2)])

    monkeypatch.setattr(sources, "import_string", lambda _: work)


def test_they_stand_beside_the_criterion(
    asks_for_figures, issuer, issuing_officer, version, client_of, monkeypatch, educator
):
    worked(monkeypatch, version, 40)
    review = stage.handed_in(issuer, issuing_officer)
    officer = client_of(issuing_officer)
    area = officer.get(f"/quality/applications/{review.application.ref}/areas/people/").content.decode()
    (seat,) = stage.seats(review)
    rater = client_of(seat.rater)
    rater.post(f"/quality/readings/{seat.ref}/take-up/", {"declared": "yes"})
    desk = rater.get(f"/quality/readings/{seat.ref}/").content.decode()
    for page in (area, desk):
        assert "Decided by the promised day: 95% of 40, from " in page
        assert "Agreement of assessors (AC1): None yet" in page
        assert page.count("Live figure") == 3
    # Their way to all of them.
    at = f"/quality/agencies/{issuer.code}/"
    for page in (
        "/quality/applications/",
        f"/quality/applications/{review.application.ref}/",
        f"/catalog/issuers/{issuer.slug}/",
    ):
        assert at in officer.get(page).content.decode(), page
    assert at not in client_of(educator).get(f"/catalog/issuers/{issuer.slug}/").content.decode()


def test_of_few_no_share_is_told(asks_for_figures, issuer, issuing_officer, version, client_of, monkeypatch):
    worked(monkeypatch, version, 3)
    draft = stage.begin(issuer, issuing_officer)
    area = client_of(issuing_officer).get(f"/quality/applications/{draft.ref}/areas/people/").content.decode()
    assert "Decided by the promised day: Fewer than 10" in area
