"""What a verification says of recognition: the same on the page, from the command and at the addresses for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from markupsafe import escape

from longleaf.awards import issuing
from longleaf.awards.contents.finding import judged_elsewhere
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.quality import deciding
from longleaf.quality.status import Outcome

REPORT = "/verify/report.json"


def posted(material: bytes | str) -> Any:
    return Client().post(REPORT, material, content_type="application/json")


@pytest.fixture
def award(version: Version, educator: Person, issuer: Organisation, settings: Any) -> Award:
    settings.PUBLIC_URL = "http://testserver"
    cache.clear()
    signing_keys.create_key(organisation=issuer, acting_person=None)
    return issuing.award(
        occasion="attempt:ATT-1",
        earner=educator,
        version=version,
        finding=judged_elsewhere("A panel read it on paper."),
        earned_at=datetime(2026, 3, 4, 15, 0, tzinfo=UTC),
        acting_person=None,
    )


@pytest.fixture
def recognised(version: Version, state: Any, agency: Organisation) -> Callable[..., Any]:
    """A register that recognises the version; calling it takes that back."""
    signing_keys.create_key(organisation=agency, acting_person=None)

    def decide(outcome: Outcome = Outcome.WITHDRAWN) -> Any:
        return deciding.record_decision(
            state=state,
            decided_by=agency,
            version=version,
            outcome=outcome,
            valid_from=timezone.localdate() if outcome == Outcome.WITHDRAWN else timezone.localdate().replace(day=1),
            acting_person=None,
        )

    return decide


def test_page_command_and_addresses_tell_the_same(
    award: Award, recognised: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    recognised(Outcome.RECOGNISED)
    file = tmp_path / "badge.json"
    file.write_text(json.dumps(award.credential), encoding="utf-8")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", str(file), "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["recognition"]["recognised"] is True
    assert told["recognition"]["by"] == "Meadow Department of Learning"
    assert told == posted(file.read_bytes()).json()
    assert told == client.get(REPORT, {"address": f"http://testserver/badges/{award.uuid}/"}).json()
    assert told == client.get(f"/badges/{award.uuid}/report.json").json()
    page = client.post("/verify/", {"text": file.read_text(encoding="utf-8")}).content.decode()
    assert "This badge is valid" in page
    assert [step["step"] for step in told["steps"] if escape(step["reason"]) not in page] == []


@pytest.mark.django_db(transaction=True)
def test_a_recognition_that_is_withdrawn_is_gone_at_once(
    award: Award, recognised: Callable[..., Any], client: Client
) -> None:
    address = f"/badges/{award.uuid}/report.json"
    assert client.get(address).json()["recognition"]["recognised"] is False
    recognised(Outcome.RECOGNISED)
    before = client.get(address)
    assert before.json()["recognition"]["recognised"] is True
    [statement] = before.json()["recognition"]["statements"]
    assert client.get(REPORT, {"address": statement}).json()["verdict"] == "valid"
    recognised()
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after.json()["verdict"]) == (200, "valid")
    assert after.json()["recognition"]["recognised"] is False
    assert posted(json.dumps(award.credential)).json()["recognition"]["recognised"] is False
    assert client.get(REPORT, {"address": statement}).json()["verdict"] == "invalid"
