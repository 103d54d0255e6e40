"""What other states would give: told from their documents, unknown where nothing was found, and never reckoned by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.recognition import ledgers, policies
from longleaf.recognition.portability import reciprocity
from longleaf.recognition.portability.reciprocity import Gives
from longleaf.recognition.tests.factories import SURE, badge, load, make_policy_document

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 1)
CATALOG, TABLE = "/catalog/feedback-that-moves-learning/", "/elsewhere/states/feedback-that-moves-learning/"


def know(state: Any, code: str, **changes: Any) -> None:
    document = make_policy_document(
        jurisdiction=code.upper(), id=f"{code}-renewal", title=f"Policy of {code}", **changes
    )
    file = f"policy/elsewhere/{code}.yaml"
    policies.load_policy(state=state, code=policies.code_of(file), document=document, acting_person=None)


def valued(**worth: Any) -> list[dict[str, Any]]:
    rule = {"id": "X-value", "title": "The rule", "of": "micro_credential", "worth": worth}
    return [{**rule, **SURE}]


@pytest.fixture
def known(state: Any) -> None:
    load(state)
    know(state, "aa", values=valued(kind="rate", credits=3, per=2))
    know(state, "bb", values=valued(kind="set_locally", unless_set="Each district sets it."))
    not_found = {"source_ids": [], "standing": "not_found", "note": "Looked for in vain."}
    know(state, "cc", values=[{**valued(kind="no_value", because="Not found.")[0], **not_found}])
    know(state, "dd", values=[{**valued(kind="fixed", credits=1)[0], "of": "clock_hour"}])


def test_each_policy_answers_for_itself_and_nothing_found_is_not_zero(known, version) -> None:
    answers = {each.policy.jurisdiction: each for each in reciprocity.answers_for(version, on=ON)}
    assert list(answers) == ["AA", "BB", "CC", "DD"]
    assert (answers["AA"].gives, answers["AA"].amount) == (Gives.SO_MUCH, "15 credits")
    assert answers["AA"].categories == ("Helping learners grow", "Free choice")
    assert (answers["BB"].gives, answers["BB"].reason) == (Gives.NOTHING_YET, "Each district sets it.")
    assert (answers["CC"].gives, answers["CC"].reason) == (Gives.UNKNOWN, "Looked for in vain.")
    assert (answers["DD"].gives, answers["DD"].rule) == (Gives.UNKNOWN, None)


def test_the_newest_text_of_each_counts_and_no_ledger_is_reckoned_by_them(known, state, version, educator) -> None:
    know(state, "aa", values=valued(kind="fixed", credits=4))
    assert reciprocity.answers_for(version, on=ON)[0].amount == "4 credits"
    assert policies.renewal_policy().rule.title == "Meadow renewal"
    assert ledgers.standing_of(educator, on=ON).policy.id == "MD-renewal"


def test_the_table_is_open_to_all_and_the_catalog_leads_to_it(known, version, client, educator, client_of) -> None:
    page = unescape(client.get(CATALOG).content.decode())
    assert "What 4 other policies would give for it" in page
    page = unescape(client.get(TABLE).content.decode())
    for words in ("15 credits", "No number yet", "Unknown", "Looked for in vain.", "Synthetic"):
        assert words in page
    mine = client_of(educator)
    assert "You have earned nothing here yet" in mine.get("/elsewhere/states/").content.decode()
    badge(educator, version)
    assert "15 credits" in mine.get("/elsewhere/states/").content.decode()
    assert client.get("/elsewhere/states/").status_code == 302
    assert client.get("/elsewhere/states/never-was/").status_code == 404


def test_where_nothing_is_known_nothing_is_said(version, client) -> None:
    assert "In other states" not in client.get(CATALOG).content.decode()
    assert "No other state’s policy is known here" in client.get(TABLE).content.decode()


def test_the_table_asks_as_often_for_many_policies_as_for_few(known, state, version, client) -> None:
    def queries() -> int:
        client.get(TABLE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(TABLE).status_code == 200
        return len(captured)

    few = queries()
    for number in range(20):
        know(state, f"x{number:02}", values=valued(kind="fixed", credits=float(Decimal(1))))
    assert queries() == few
