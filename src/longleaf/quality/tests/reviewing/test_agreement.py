"""Agreement of reviewers: by component, from what was found blind, in steps of ten."""

from __future__ import annotations

from html import unescape

import pytest

from longleaf.panels.leading import rated
from longleaf.quality.tests.reviewing import stage
from tests import cast


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch):
    monkeypatch.setattr(rated, "STEP", 2)
    monkeypatch.setattr("longleaf.panels.leading.board.STEP", 2)


def test_officers_see_how_far_reviewers_agree_on_each_component(
    state, issuer, agency, designer, client_of, state_officer
):
    stage.publish(state)
    stage.make_reviewers(agency, 3)
    for number in range(2):
        document = cast.make_document(slug=f"design-{number}", title=f"Design {number}")
        review = stage.hand_in(cast.publish(state, issuer, document), designer)
        first, second = stage.seats(review)
        stage.read(first)
        stage.read(second, S2_a=stage.NOT_YET)
        stage.read(stage.seats(review)[0])
    client = client_of(state_officer)
    assert client_of(designer).get("/quality/agreement/").status_code == 404
    assert "Meadow Marks (synthetic), 1" in client.get("/quality/agreement/").content.decode()
    review.refresh_from_db()
    at = f"/quality/agreement/{review.panel.rubric_id}/"
    assert client_of(designer).get(at).status_code == 404
    page = unescape(client.get(at).content.decode())
    for told in ("Single skill", "Open to all", "Kappa"):
        assert told in page
    assert "Design 1" not in page
