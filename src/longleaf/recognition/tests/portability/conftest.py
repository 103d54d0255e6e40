"""What tests of badges from elsewhere share: a web of invented issuers, and short ways to bring and send."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from longleaf.awards.verification import fetching, visiting
from longleaf.directory.models import Person
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.portability import bringing, sending
from longleaf.recognition.tests.factories import SURE, load, make_policy_document
from longleaf.recognition.tests.portability.shapes import Shape, promise_like


class Elsewhere:
    """Other people's web sites: what they publish, by address."""

    def __init__(self) -> None:
        self.documents: dict[str, Any] = {}

    def fetch(self, url: str, **_options: Any) -> fetching.Fetched:
        if url not in self.documents:
            raise DocumentUnavailable(url, "there is no such page.")
        found = self.documents[url]
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        return fetching.Fetched(url, "application/json", body)


@pytest.fixture(autouse=True)
def _home(settings: Any) -> None:
    settings.PUBLIC_URL = "http://testserver"
    settings.VERIFICATIONS_A_MINUTE = 1000
    cache.clear()


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    web = Elsewhere()
    monkeypatch.setattr(fetching, "fetch", web.fetch)
    return web


@pytest.fixture
def bring(elsewhere: Elsewhere, educator: Person) -> Callable[..., ImportedBadge]:
    def brought(shape: Shape, *, person: Person = educator, by_address: bool = False) -> ImportedBadge:
        elsewhere.documents |= shape.publishes
        given: dict[str, Any] = {"address": shape.address} if by_address else {"material": shape.material}
        examined = visiting.examine(visitor="test", reader=person, most_parts=20, **given)
        return bringing.bring(examined=examined, acting_person=person)[0]

    return brought


@pytest.fixture
def sent(bring: Callable[..., ImportedBadge], educator: Person) -> Callable[..., ImportedBadge]:
    def asked(shape: Shape | None = None, *, person: Person = educator, explanation: str = "") -> ImportedBadge:
        imported = bring(shape or promise_like(person.email), person=person)
        return sending.send(imported=imported, explanation=explanation, acting_person=person)

    return asked


@pytest.fixture
def ruled(state: Any) -> None:
    """A policy that takes imported badges as somebody decided."""
    document = make_policy_document()
    kind = {"code": "imported_badge", "title": "Badge from elsewhere", "measure": "badge", "measures": "badges"}
    worth = {"kind": "set_locally", "unless_set": "Nobody has decided on it."}
    value = {"id": "MD-imported", "title": "As decided", "of": "imported_badge", "worth": worth, **SURE}
    growth = {"kind": "any_of", "conditions": [{"kind": "aligned", "to": ["MTS-2"]}, {"kind": "recorded"}]}
    eligibility = [{**document["eligibility"][0], "when": growth}, document["eligibility"][1]]
    load(
        state,
        kinds=[*document["kinds"], kind],
        values=[*document["values"], value],
        eligibility=eligibility,
    )
