"""What other states would give: told from their documents, unknown where nothing was found, and never reckoned by."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.engines.policy import Reach
from longleaf.recognition import ledgers, policies
from longleaf.recognition.portability import deciding, reciprocity
from longleaf.recognition.portability.deciding import Counts
from longleaf.recognition.portability.reciprocity import Gives
from longleaf.recognition.tests.factories import SURE, badge, load, make_policy_document
from tests import cast

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 1)
ELSEWHERE = Path(__file__).resolve().parents[5] / "states/nc/policy/elsewhere"
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


def test_the_page_of_what_is_earned_asks_as_often_for_many_as_for_one(
    known, state, issuer, educator, client_of
) -> None:
    client, measured = client_of(educator), []
    for number in range(5):
        badge(educator, cast.publish(state, issuer, cast.make_document(f"further-{number}"), []))
        client.get("/elsewhere/states/")
        if number in {0, 4}:
            with CaptureQueriesContext(connection) as captured:
                assert client.get("/elsewhere/states/").status_code == 200
            measured.append(len(captured))
    assert measured[0] == measured[1]


def test_all_that_is_earned_is_told_page_by_page_and_what_was_accepted_too(
    known, state, issuer, educator, psu_officer, sent, version, client_of
) -> None:
    for number in range(13):
        document = cast.make_document(f"further-{number}", title=f"Further {number}")
        badge(educator, cast.publish(state, issuer, document, []))
    counts = Counts(micro_credential=version.micro_credential)
    deciding.accept(imported=sent(), counts=counts, reason="As ours.", acting_person=psu_officer)
    client = client_of(educator)
    first, second = (unescape(client.get(f"/elsewhere/states/{page}").content.decode()) for page in ("", "?page=2"))
    assert "14 badges" in first
    assert "Further 12" in first
    assert "Further 0" in second
    assert "accepted as Feedback that moves learning" in second


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


# --- What is no number -----------------------------------------------------------------------------------------------


@pytest.fixture
def real(state: Any) -> None:
    """What the pack of North Carolina knows of some policies that give something else than credits."""
    for code in ("ar", "ga", "il-dupage", "il-troy", "ky", "sc", "tn-knox", "ut", "wa", "wy"):
        # Days as they are written, as the loading of a pack has them.
        text = (ELSEWHERE / f"{code}.yaml").read_text(encoding="utf-8")
        document = json.loads(json.dumps(yaml.safe_load(text), default=str))
        policies.load_text(state=state, code=policies.ELSEWHERE + code, title=document["title"], document=document)


def told(version: Any, rule: str, on: date = ON) -> Any:
    found = reciprocity.answers_for(version, on=on)
    return next(each for answer in found for each in answer.openings if each.rule.id == rule)


@pytest.mark.parametrize(
    ("rule", "reach", "gives", "asks"),
    [
        ("AR-pedagogy-exam", Reach.NOT, "In place of the exam: Praxis Principles of Learning and Teaching", "signed"),
        ("KY-rank-2", Reach.NOT, "Rank II, from rank III", "Foundations in Teaching and Learning"),
        ("WY-endorsement", Reach.NOT, "Endorsement: the endorsement for which the program was approved", "approved"),
        ("UT-endorsement-area", Reach.NOT, "Requirement: a requirement area of an endorsement", "kind stack"),
        ("IL-dupage-leadership", Reach.NOT, "Endorsement: leadership micro-endorsement", "Leadership"),
    ],
)  # fmt: skip
def test_an_exam_a_rank_or_an_endorsement_is_told_with_what_it_takes(real, version, rule, reach, gives, asks) -> None:
    found = told(version, rule)
    assert (found.reach, found.gives.told, found.holds, found.is_known) == (reach, gives, True, True)
    assert asks in found.missing


def test_what_a_badge_meets_for_some_is_told_with_whom_it_concerns(real, version) -> None:
    assert (told(version, "SC-cap-1").reach, told(version, "SC-cap-2").reach) == (Reach.WHOLE, Reach.PART)
    assert "2 more in all" in told(version, "SC-cap-2").missing
    assert told(version, "SC-cap-1").licences == ("Certificate on the alternative route CarolinaCAP",)
    assert told(version, "TN-knox-hours").reach is Reach.WHOLE


def test_lanes_are_told_as_long_as_they_hold_and_then_as_ended(real, version) -> None:
    assert told(version, "IL-troy-lanes", on=date(2026, 6, 30)).holds
    lanes = told(version, "IL-troy-lanes")
    assert (lanes.holds, [step.title for step in lanes.steps]) == (
        False, ["From the BA lane to the MA lane", "A further lane"],
    )  # fmt: skip
    assert lanes.in_force.told == "from July 1, 2022 and before July 1, 2026"


def test_unknown_is_only_where_nothing_is_known(real, version) -> None:
    gives = {each.policy.id: each.gives for each in reciprocity.answers_for(version, on=ON)}
    by_name = {name: next(gives[id] for id in gives if name in id) for name in ("AR", "GA", "KY", "UT", "WA", "WY")}
    assert by_name == {
        "AR": Gives.OTHERWISE, "GA": Gives.UNKNOWN, "KY": Gives.OTHERWISE, "UT": Gives.OTHERWISE,
        "WA": Gives.UNKNOWN, "WY": Gives.OTHERWISE,
    }  # fmt: skip
    assert {id: gives[id] for id in gives if "troy" in id.lower()}.popitem()[1] is Gives.ENDED


def test_the_page_says_what_is_no_number_with_rule_source_and_standing(real, state, version, client) -> None:
    state.sources = {"ky-kedc": {"code": "ky-kedc", "title": "KEDC on rank change", "url": "https://kedc.example/"}}
    state.save()
    page = unescape(client.get(TABLE).content.decode())
    for words in (
        "Rank II, from rank III", "Not with this alone", "It brings this by itself", "KEDC on rank change",
        "No number found", "Partly verified", "In force from July 1, 2022 and before July 1, 2026",
        "For: Certificate on the alternative route CarolinaCAP.",
    ):  # fmt: skip
        assert words in page
    assert "says nothing of micro-credentials" not in page


def test_who_issued_a_badge_decides_where_a_policy_asks_for_it(real, version, issuer) -> None:
    issuer.code = "NEA"
    issuer.save()
    found = {each.policy.id: each for each in reciprocity.answers_for(version, on=ON)}
    assert next(each for id, each in found.items() if "troy" in id.lower()).gives is Gives.SO_MUCH
