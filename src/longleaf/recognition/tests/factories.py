"""A small renewal policy of Meadow, and short ways to give an educator what a ledger reads."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from longleaf.awards import issuing
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.recognition import policies, recording, valuing
from longleaf.recognition.credit_requests import asking
from longleaf.recognition.models import CreditRequest, Licence, LocalValue, OtherCredit

SURE = {"source_ids": [], "standing": "synthetic"}
TODAY = date(2026, 10, 1)
EARNED = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
UNSET = "Your school unit has set no value yet; ask it."
FINDING = {
    "readers": 2,
    "blind": True,
    "criteria": [
        {"code": "A", "met": True, "level": "demonstrated"},
        {"code": "B", "met": True, "level": "demonstrated"},
    ],
}
_occasions = count(1)


def make_policy_document(**changes: Any) -> dict[str, Any]:
    """Ten credits in five years: four for what is aligned to the second standard, six for anything."""
    return {
        "id": "MD-renewal",
        "title": "Meadow renewal",
        "jurisdiction": "MD",
        **SURE,
        "unit": {"code": "credit", "title": "credit", "plural": "credits"},
        "roles": [{"code": "teacher", "title": "Teacher"}, {"code": "leader", "title": "Leader"}],
        "licence_types": [
            {"code": "FULL", "title": "Full license", "years": 5, "renewed_by_credits": True},
            {"code": "LIFE", "title": "For life", "renewed_by_credits": False, "settled": "A license for life stays."},
        ],
        "categories": [{"code": "growth", "title": "Helping learners grow"}, {"code": "free", "title": "Free choice"}],
        "kinds": [
            {
                "code": "micro_credential",
                "title": "Micro-credential",
                "measure": "hour of effort",
                "measures": "hours of effort",
            },
            {"code": "clock_hour", "title": "Workshop", "measure": "clock hour", "measures": "clock hours"},
            {"code": "prize", "title": "Prize", "measure": "prize", "measures": "prizes"},
        ],
        "eligibility": [
            {"id": "MD-growth", "title": "Aligned to standard 2", "when": {"kind": "aligned", "to": ["MTS-2"]}, **SURE},
            {"id": "MD-any", "title": "Anything", "when": {"kind": "anything"}, **SURE},
        ],
        "values": [
            {
                "id": "MD-local",
                "title": "The school unit sets the value",
                "of": "micro_credential",
                "worth": {"kind": "set_locally", "unless_set": UNSET},
                **SURE,
            },
            {
                "id": "MD-hours",
                "title": "Ten clock hours are one credit",
                "of": "clock_hour",
                "worth": {"kind": "rate", "credits": 1, "per": 10},
                **SURE,
            },
            {"id": "MD-prize", "title": "A prize", "of": "prize", "worth": {"kind": "fixed", "credits": 3}, **SURE},
        ],
        "window": {"id": "MD-window", "title": "Inside the cycle", **SURE},
        "splitting": {"id": "MD-splitting", "title": "A credit may be split", **SURE},
        "versions": [
            {
                "id": "MD-2020",
                "title": "Ten credits",
                "licences_expiring": {"from": "2020-01-01"},
                "cycle_years": 5,
                "total": 10,
                **SURE,
                "requirements": [
                    {
                        "roles": ["teacher"],
                        "parts": [
                            {"category": "growth", "credits": 4, "takes": "MD-growth"},
                            {"category": "free", "credits": 6, "takes": "MD-any"},
                        ],
                    }
                ],
            }
        ],
        **changes,
    }


def given_beside(version: Version) -> dict[str, Any]:
    """Changes of the policy: a rank, an exam, something for badges of a version's issuer, two duties and lanes."""
    any_badge = {"kind": "credit_kind", "among": ["micro_credential"]}
    issued = {"kind": "issuer", "among": [version.micro_credential.issuer.code]}
    workshops = {"kind": "credit_kind", "among": ["clock_hour"]}
    one = {"kind": "count", "at_least": 1}
    scored = {"kind": "score_band", "exam": "pedagogy", "sem_below": 1}
    return {
        "results": [
            {
                "id": "MD-rank", "title": "A rank for two badges", "gives": {"kind": "rank", "to": "II", "from": "III"},
                "needs": {"kind": "count", "at_least": 2, "when": any_badge}, **SURE,
            },
            {
                "id": "MD-exam", "title": "The exam replaced", "gives": {"kind": "replaces_exam", "exam": "Pedagogy"},
                "needs": {"kind": "all_of", "needs": [{**one, "when": any_badge}, scored]}, **SURE,
            },
            {
                "id": "MD-waived", "title": "A requirement waived",
                "gives": {"kind": "requirement", "requirement": "a course on feedback"},
                "needs": {**one, "when": issued}, **SURE,
            },
        ],
        "obligations": [
            {
                "id": "MD-first-year", "title": "A workshop in the first year", "by_year": 1,
                "needs": {**one, "in_year": 1, "when": workshops}, **SURE,
            },
            {
                "id": "MD-third-year", "title": "A badge in the third year", "by_year": 3,
                "needs": {**one, "in_year": 3, "when": any_badge}, **SURE,
            },
        ],
        "ladders": [
            {
                "id": "MD-lanes", "title": "Lanes of pay", "counts": any_badge, **SURE,
                "steps": [{"title": "Lane 2", "credits": 2}, {"title": "Lane 3", "credits": 2}],
            },
        ],
    }  # fmt: skip


def load(state: State, **changes: Any) -> None:
    policies.load_policy(
        state=state, code=policies.RENEWAL, document=make_policy_document(**changes), acting_person=None
    )


def license_for(person: Person, state: State, **changes: Any) -> Licence:
    facts = {"kind": "FULL", "role": "teacher", "issued": date(2024, 7, 1), "expires": date(2029, 6, 30), **changes}
    return recording.enter_licence(person=person, state=state, areas=[], acting_person=None, **facts)


def badge(person: Person, version: Version, *, earned_at: datetime = EARNED) -> Award:
    """A real badge, signed with the issuer's key, which is made when it is first needed."""
    issuer = version.micro_credential.issuer
    if not issuer.issuing_keys.exists():
        signing_keys.create_key(organisation=issuer, acting_person=None)
    return issuing.award(**_facts(person, version, earned_at))


def unsigned_badges(person: Person, version: Version, number: int) -> None:
    """Many badges at once; they count although they still wait for their signatures."""
    for _ in range(number):
        issuing.queue_award(**_facts(person, version, EARNED))


def worth_each(district: Organisation, officer: Person, *, micro_credential: Any = None, **facts: Any) -> LocalValue:
    facts = {"reason": "As for other learning", "valid_from": date(2020, 1, 1), **facts}
    return valuing.set_value(organisation=district, acting_person=officer, micro_credential=micro_credential, **facts)


def workshop(person: Person, *, hours: str = "10", **facts: Any) -> OtherCredit:
    facts = {"title": "A workshop", "earned_on": date(2026, 2, 1), "acting_person": None, **facts}
    return recording.record_credit(person=person, kind="clock_hour", amount=Decimal(hours), **facts)


def _facts(person: Person, version: Version, earned_at: datetime) -> dict[str, Any]:
    return {
        "occasion": f"test:{next(_occasions)}",
        "earner": person,
        "version": version,
        "finding": FINDING,
        "earned_at": earned_at,
        "acting_person": None,
    }


def request_for_credit(educator: Person, **facts: Any) -> CreditRequest:
    """A request for ten clock hours of a workshop, sent to the educator's school unit."""
    return asking.send(request=draft_of(educator, **facts), acting_person=educator)


def draft_of(educator: Person, **facts: Any) -> CreditRequest:
    written = {
        "sort": "credit",
        "kind": "clock_hour",
        "title": "Reading together",
        "amount": Decimal(10),
        "earned_on": date(2026, 2, 1),
        "statement": "Two days with a reading coach.",
        **facts,
    }
    return asking.begin(acting_person=educator, **written)
