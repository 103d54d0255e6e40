"""A whole state at once is told just what each educator's own ledger says, in as few queries as a single one."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.awards import issuing
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.catalog import publishing
from longleaf.directory import queries as directory
from longleaf.directory.models import Organisation, Person, RoleHeld
from longleaf.directory.status import OrganisationKind, Role
from longleaf.engines import policy as engine
from longleaf.engines.policy.tests.kinds import KINDS, document_of
from longleaf.engines.policy.tests.tallies import tally_in
from longleaf.kit.raw_rows import LocalDays
from longleaf.quality import queries as quality
from longleaf.quality.models import QualityDecision
from longleaf.quality.status import Outcome
from longleaf.recognition import everyone, ledgers, overlays, policies, records, statewide
from longleaf.recognition.models import CreditRequest, ImportDecision, ImportedBadge, Licence, LocalValue, OtherCredit
from longleaf.recognition.portability.status import GivenTo, ImportStatus, Ruling
from longleaf.recognition.status import RequestSort, RequestStatus
from longleaf.recognition.tests.factories import FINDING, SURE, TODAY, load, make_policy_document
from tests import cast

PAST = datetime(2021, 1, 1, 4, 30, tzinfo=UTC)
CAP: dict[str, Any] = {"id": "c", "title": "At most three", "of": ["clock_hour"], "at_most": 3, "per": "year", **SURE}
BEFOREHAND: dict[str, Any] = {
    "id": "beforehand",
    "title": "Approved beforehand",
    "of": ["clock_hour", "prize"],
    "when": {"kind": "prior_approval"},
    "otherwise": "It was not approved beforehand.",
    **SURE,
}
BY_APPROVAL = {"kind": "by_approval", "until": "Ask.", "worth": {"kind": "rate", "credits": 1, "per": 8}}
CAPPED = engine.policy_from_document(make_policy_document(caps=[CAP]))
# What came before the work, and what was decided by the day, count otherwise here.
APPROVED = engine.policy_from_document(
    make_policy_document(
        admissions=[BEFOREHAND | {"of": ["clock_hour"]}],
        values=[
            it | ({"worth": BY_APPROVAL} if it["of"] == "clock_hour" else {}) for it in make_policy_document()["values"]
        ],
    )
)
# Badges count while the district or the state recognised what they were for.
RECOGNISED = engine.policy_from_document(
    make_policy_document(
        admissions=[BEFOREHAND | {"of": ["micro_credential"], "when": {"kind": "recognised_by", "among": ["D1", "NC"]}}]
    )
)
# How well and when the work was done counts here.
WORKED = engine.policy_from_document(
    make_policy_document(
        levels=["not-yet", "demonstrated"],
        values=[
            {
                "id": "level", "title": "By level", "of": "micro_credential", **SURE,
                "worth": {"kind": "by_level", "credits": {"demonstrated": 2}},
            }
        ],
        programs=[
            {"code": "other", "title": "Other", "approved": {"from": "2022-06-01", "before": "2024-06-01"}, **SURE}
        ],
        results=[
            {
                "id": "program", "title": "A rank", "gives": {"kind": "rank", "to": "II"}, **SURE,
                "needs": {"kind": "program", "among": ["other"]},
            }
        ],
        ladders=[
            {
                "id": "lanes", "title": "Lanes", "counts": {"kind": "evidence_within", "days": 0}, **SURE,
                "steps": [{"title": "Lane", "credits": 2}],
            }
        ],
    )
)  # fmt: skip
# What units granted for badges and people counts here.
GRANTED = engine.policy_from_document(
    make_policy_document(
        admissions=[BEFOREHAND | {"id": "ahead", "of": ["micro_credential"]}],
        eligibility=[
            {"id": "MD-growth", "title": "As recorded", "when": {"kind": "recorded"}, **SURE},
            {"id": "MD-any", "title": "Anything", "when": {"kind": "anything"}, **SURE},
        ],
        results=[
            {
                "id": "signed", "title": "A rank", "gives": {"kind": "rank", "to": "II"}, **SURE,
                "needs": {"kind": "approval", "code": "form", "title": "the form"},
            }
        ],
        values=[
            {
                "id": "asked", "title": "Once approved", "of": "micro_credential", **SURE,
                "worth": {"kind": "by_approval", "until": "Ask.", "worth": {"kind": "fixed", "credits": 1}},
            }
        ],
    )
)  # fmt: skip
_WITH_STACKS = {
    "kinds": [
        *make_policy_document()["kinds"],
        {"code": "stack", "title": "Stack", "measure": "stack", "measures": "stacks"},
    ],
    "values": [
        *make_policy_document()["values"],
        {"id": "stack", "title": "A stack", "of": "stack", "worth": {"kind": "fixed", "credits": 3}, **SURE},
    ],
    "results": [
        {
            "id": "things", "title": "A rank", "gives": {"kind": "rank", "to": "II"}, **SURE,
            "needs": {"kind": "count", "at_least": 3, "when": {"kind": "anything"}},
        },
        {
            "id": "stack-rank", "title": "A rank", "gives": {"kind": "rank", "to": "I"}, **SURE,
            "needs": {"kind": "stack", "among": ["both"]},
        },
    ],
    "stacks": [{"code": "both", "title": "Both", "pieces": [], **SURE}],
}  # fmt: skip
UNITS: dict[str, Any] = {"id": "units", "title": "In place of its pieces", "of": ["stack"], **SURE}
# A completed stack counts in place of its pieces, or on top of them.
STACKED, ON_TOP = (
    engine.policy_from_document(make_policy_document(**_WITH_STACKS, **units)) for units in ({"units": UNITS}, {})
)
KINDS_OF_RULE = [engine.policy_from_document(document_of(kind)) for kind in KINDS]


@pytest.fixture
def school(state: Any, district: Organisation) -> Organisation:
    facts = {"code": "S1", "slug": "rivertown-high", "name": "Rivertown High", "standing": "synthetic"}
    return Organisation.objects.create(state=state, kind=OrganisationKind.SCHOOL, parent=district, **facts)


@pytest.fixture
def people(
    state: Any,
    version: Any,
    issuer: Any,
    district: Any,
    other_district: Any,
    school: Any,
    psu_officer: Any,
    agency: Any,
) -> list[Person]:
    """Two dozen educators who moved, earned and brought along this and that. Always the same."""
    load(state)
    other = cast.publish(state, issuer, cast.make_document("other", title="Other", effort_hours="7.5"), [])
    slugs = [version.micro_credential.slug, "other"]
    publishing.gather_stack(state=state, issuer=issuer, slug="both", members=slugs, title="Both", standing="synthetic")
    for unit, credits, since, until in (
        (district, "1", date(2020, 1, 1), date(2025, 12, 31)),
        (district, "1.5", date(2026, 1, 1), None),
        (other_district, "0.25", date(2020, 1, 1), None),
    ):
        LocalValue.objects.create(
            organisation=unit, credits=Decimal(credits), valid_from=since, valid_until=until, reason="As for others"
        )
    LocalValue.objects.create(
        organisation=other_district,
        micro_credential=other.micro_credential,
        credits_per_effort_hour=Decimal("0.3333"),
        valid_from=date(2025, 6, 1),
        reason="Hours",
    )
    for decided_by, about, outcome, first, last in (
        (agency, version, Outcome.RECOGNISED, date(2022, 1, 1), date(2023, 12, 31)),
        (district, version, Outcome.CONDITIONS, date(2023, 6, 1), None),
        (district, version, Outcome.RETURNED, date(2025, 1, 1), None),
        (agency, other, Outcome.RECOGNISED, date(2021, 1, 1), None),
        (agency, other, Outcome.WITHDRAWN, date(2024, 3, 1), None),
    ):
        QualityDecision.objects.create(
            state=state, version=about, decided_by=decided_by, outcome=outcome, valid_from=first, valid_until=last,
            conditions="Soon" if outcome == Outcome.CONDITIONS else "", standing="synthetic",
        )  # fmt: skip
    chosen, places = random.Random(11), [district, other_district, school, issuer]
    return [_educator(chosen, number, state, places, [version, other]) for number in range(24)]


def _educator(chosen: random.Random, number: int, state: Any, places: list[Any], versions: list[Any]) -> Person:
    person = cast.make_person(f"Educator {number}")
    day = date(2020, 8, 1)
    for place in chosen.sample(places, chosen.randint(0, 3)):
        until = day + timedelta(days=chosen.randint(100, 900))
        RoleHeld.objects.create(person=person, organisation=place, role=Role.EDUCATOR, since=day, until=until)
        day = until + timedelta(days=chosen.choice([1, 200]))
    if chosen.random() < 0.7:
        place = chosen.choice(places)
        RoleHeld.objects.create(person=person, organisation=place, role=Role.EDUCATOR, since=day)
    for expires in chosen.sample([2022, 2026, 2028, 2030], chosen.randint(0, 3)):
        Licence.objects.create(
            person=person,
            state=state,
            kind=chosen.choice(["FULL", "FULL", "FULL", "LIFE", "STANDARD", "STANDARD", "PROVISIONAL"]),
            role=chosen.choice(["teacher", "teacher", "leader"]),
            issued=date(expires - 5, 7, 1),
            expires=date(expires, 6, 30),
            # Now and then one was ended early, and some brought scores on an exam.
            ended_on=date(expires - 1, 10, 1) if (number + expires) % 7 == 0 else None,
            scores={"5081": {"score": "157", "qualifying": "160", "sem": "3.5"}} if number % 3 == 0 else {},
        )
    for _ in range(chosen.randint(0, 5)):
        _badge(person, chosen.choice(versions), datetime(2021, 1, 1, 4, 30, tzinfo=UTC) + _some(chosen))
    for _ in range(chosen.randint(0, 5)):
        credit = OtherCredit.objects.create(
            person=person,
            kind=chosen.choice(["clock_hour", "prize", "workshop", "unknown"]),
            title="Workshop",
            amount=chosen.choice([None, Decimal("12.50"), Decimal(10)]),
            earned_on=date(2021, 1, 1) + _some(chosen),
            alignments=chosen.choice([[], ["MTS-2"]]),
            counted_before=Decimal("0.75") if number % 2 else Decimal(0),
        )
        recorded = timezone.make_aware(datetime.combine(credit.earned_on, time(20))) + timedelta(days=30)
        OtherCredit.objects.filter(pk=credit.pk).update(recorded_at=_by_now(recorded))
        if chosen.random() < 0.6:
            _asked_for(chosen, credit, places[0])
    if number % 4 == 0:
        _brought(person, versions[0], places[0])
    if number % 3:
        _granted(chosen, person, versions, places[0])
    return person


def _asked_for(chosen: random.Random, credit: OtherCredit, office: Organisation) -> None:
    """A request that the credit came of: with an approval beforehand, too late or not at all, and now and then ruled
    on by the state after an appeal."""
    began = credit.earned_on - timedelta(days=chosen.choice([0, 40]))
    noon = timezone.make_aware(datetime.combine(began, time(12)))
    facts: dict[str, Any] = {"educator": credit.person, "office": office, "title": "Workshop", "reason": "As ours"}
    facts |= {"status": RequestStatus.APPROVED, "sent_at": noon, "due_on": began, "granted_at": noon}
    before = None
    if chosen.random() < 0.7:
        decided = _by_now(noon + timedelta(days=chosen.choice([-30, 0, 1, 60])))
        before = CreditRequest.objects.create(
            sort=RequestSort.PRIOR_APPROVAL, decided_at=decided, **facts | {"granted_at": decided}
        )
    decided = _by_now(noon + timedelta(days=chosen.choice([50, 900])))
    CreditRequest.objects.create(
        sort=RequestSort.CREDIT,
        credit=credit,
        approved_before=before,
        begins_on=chosen.choice([None, began]),
        decided_at=decided,
        ruled_at=chosen.choice([None, _by_now(decided + timedelta(days=200))]),
        **facts,
    )


def _granted(chosen: random.Random, person: Person, versions: list[Any], office: Organisation) -> None:
    """What an office approved beforehand, decided of some badges, and signed, on this or that day, or not yet."""
    facts: dict[str, Any] = {"educator": person, "office": office, "title": "Ours", "reason": "So", "sent_at": PAST}
    for version in versions:
        day = _by_now(PAST + _some(chosen))
        approved = {"status": RequestStatus.APPROVED, "decided_at": day, "granted_at": day, "due_on": day}
        ahead = {"sort": RequestSort.PRIOR_APPROVAL, "micro_credential": version.micro_credential}
        CreditRequest.objects.create(**facts, **approved, **ahead)
    signature = {"sort": RequestSort.SIGNATURE, "signature": chosen.choice(["form", "other"])}
    CreditRequest.objects.create(**facts, **approved, **signature)
    for award in Award.objects.filter(earner=person).order_by("pk"):
        for status in chosen.sample(["sent", "approved", "refused", "withdrawn"], chosen.randint(0, 2)):
            day = _by_now(PAST + _some(chosen))
            decided = {"decided_at": day} if status in {"approved", "refused"} else {}
            granted = {"granted_at": day, "granted_amount": chosen.choice([None, 2]), "granted_category": "growth"}
            CreditRequest.objects.create(
                **facts, **decided, **(granted if status == "approved" else {}),
                sort=RequestSort.BADGE, badge=award, status=status, due_on=day,
            )  # fmt: skip


def _by_now(moment: datetime) -> datetime:
    """Nobody decides in the future."""
    return min(moment, timezone.now())


def _some(chosen: random.Random) -> timedelta:
    return timedelta(days=chosen.randint(0, 2_300), hours=chosen.randint(0, 23))


def _badge(person: Person, version: Any, earned_at: datetime) -> None:
    """Every other badge came of an attempt that was begun some weeks before, and each third tells no level."""
    number = Award.objects.count()
    attempt = _attempt(person, version, earned_at - timedelta(days=40 * (number % 5))) if number % 2 else None
    finding = {**FINDING, "criteria": [{"code": code, "met": True} for code in "AB"]} if number % 3 == 0 else FINDING
    occasion = f"attempt:{attempt.ref}" if attempt else f"test:{number}"
    issuing.queue_award(
        occasion=occasion, earner=person, version=version, finding=finding, earned_at=earned_at, acting_person=None
    )


def _attempt(person: Person, version: Any, begun: datetime) -> Attempt:
    facts = {"version": version, "micro_credential": version.micro_credential, "status": AttemptStatus.DEMONSTRATED}
    attempt = Attempt.objects.create(earner=person, round=2, **facts)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=begun)
    for number in (1, 2):
        # Now and then the proof was handed in late, as far as such rows go.
        handed_in = begun + timedelta(days=15 * number + 100 * (attempt.pk % 2))
        Submission.objects.create(attempt=attempt, round=number, submitted_at=handed_in)
    return attempt


def test_how_work_was_done_is_read_only_where_policies_look(people):
    with CaptureQueriesContext(connection) as plainly:
        evaluated()
    assert not any("submitted_at" in each["sql"] or "finding" in each["sql"] for each in plainly)


def test_each_of_the_policies_tells_the_people_apart_by_what_it_looks_at(people):
    """Otherwise the comparison of tallies with ledgers would hold nothing together."""
    worked = by_ledgers(people, WORKED, TODAY).values()
    assert len({(it.counted, it.met, it.climbed) for it in worked if it}) > 3
    granted = by_ledgers(people, GRANTED, TODAY).values()
    assert {bool(it.met) for it in granted if it} == {True, False}
    assert {bool(it.counted) for it in granted if it} == {True, False}
    stacked, on_top, plain = (by_ledgers(people, it, TODAY) for it in (STACKED, ON_TOP, policies.renewal_policy()))
    assert (
        len(
            {
                tuple(sorted((person, it.counted) for person, it in each.items() if it))
                for each in (stacked, on_top, plain)
            }
        )
        == 3
    )


def _brought(person: Person, version: Any, unit: Organisation) -> None:
    facts = {"carrier": "json", "material": b"", "credential": {}, "report": [], "verdict": "good"}
    imported = ImportedBadge.objects.create(
        person=person,
        digest=str(person.pk),
        title="Coaching",
        earned_on=date(2026, 2, 2),
        verified_at=timezone.now(),
        given_to=GivenTo.values[0],
        **facts,
    )
    ruling = ImportDecision.objects.create(
        imported=imported,
        ruling=Ruling.ACCEPTED,
        reason="As ours",
        organisation=unit,
        decided_by=person,
        micro_credential=version.micro_credential,
    )
    ImportedBadge.objects.filter(pk=imported.pk).update(status=ImportStatus.ACCEPTED, ruling=ruling)


def test_who_recognised_a_badge_is_known_for_the_day_on_which_it_was_earned(people, version):
    days = {"state": date(2022, 5, 1), "both": date(2023, 7, 1), "unit": date(2024, 7, 1), "nobody": date(2025, 7, 1)}
    found = quality.recognised_ever([version.pk])[version.pk]
    on = {name: records.recognised_on(found, day) for name, day in days.items()}
    assert on == {"state": {"NC"}, "both": {"NC", "D1"}, "unit": {"D1"}, "nobody": frozenset()}
    assert by_ledgers(people, RECOGNISED, TODAY) != by_ledgers(people, policies.renewal_policy(), TODAY)


def by_ledgers(people: list[Person], policy: engine.Policy, on: date) -> dict[int, engine.Tally | None]:
    """What each one's own ledger adds up to, under a policy and the document of their unit."""
    licences = records.licences_of([person.pk for person in people], on)
    employments, laid = directory.employments_of(licences), overlays.laid_over(policy, on)
    found: dict[int, engine.Tally | None] = {}
    for person, record in records.records_of(licences).items():
        unit = next((it.employer.pk for it in employments.get(person, ()) if it.covers(on)), 0)
        try:
            found[person] = tally_in(engine.ledger(laid.policies.get(unit, policy), record, on=on))
        except engine.NoRuleError:
            found[person] = None
    return found


DAYS = [TODAY, date(2023, 5, 1), date(2027, 6, 30), date(2028, 2, 29)]


@pytest.mark.parametrize("on", DAYS)
def test_everybody_is_told_what_their_own_ledger_says(people, on, monkeypatch):
    monkeypatch.setattr(everyone, "AT_ONCE", 5)
    asked = [policies.renewal_policy(), CAPPED, APPROVED, RECOGNISED, WORKED, GRANTED, STACKED, ON_TOP, *KINDS_OF_RULE]
    found = list(statewide.evaluate_everyone(asked, on))
    assert len(found) > 6
    for place, policy in enumerate(asked):
        assert {it.person: it.tallies[place] for it in found} == by_ledgers(people, policy, on)


@pytest.mark.parametrize("on", [TODAY, date(2027, 6, 30)])
def test_documents_of_units_are_laid_over_every_policy(people, district, other_district, on):
    _lay(district, caps=[CAP | {"id": "D1-cap", "at_most": 1, "per": "year"}])
    own_part = {"category": "own", "credits": 2, "takes": "own", "roles": ["teacher"]}
    own = {"categories": [{"code": "own", "title": "Ours"}], "parts": [own_part]}
    taking = {"id": "own", "title": "Anything", "when": {"kind": "anything"}, **SURE}
    _lay(other_district, admissions=[BEFOREHAND], eligibility=[taking], **own)
    asked = [policies.renewal_policy(), APPROVED]
    found = list(statewide.evaluate_everyone(asked, on))
    for place, policy in enumerate(asked):
        assert {it.person: it.tallies[place] for it in found} == by_ledgers(people, policy, on)
    standings = ledgers.standings_of([person.pk for person in people], on=on)
    for it in found:
        whole = standings[it.person].ledger
        assert it.tallies[0] == (whole and tally_in(whole))
    plainly = [_plain_tally(asked[0], it, on) for it in found]
    assert plainly != [it.tallies[0] for it in found], "the documents change something"


def _plain_tally(policy: engine.Policy, it: statewide.Evaluated, on: date) -> engine.Tally | None:
    record = records.records_of(records.licences_of([it.person], on))[it.person]
    try:
        return engine.tally(policy, record, on=on)
    except engine.NoRuleError:
        return None


def test_a_document_that_does_not_fit_a_draft_is_told_and_left_out(people, district):
    _lay(district, caps=[CAP])
    [(unit, misfit)] = overlays.laid_over(CAPPED, timezone.localdate()).misfits.items()
    assert (unit, [it.path for it in misfit.mistakes]) == (district.pk, ["caps[0]", "caps[0].of"])
    found = list(statewide.evaluate_everyone([CAPPED], TODAY))
    assert {it.person: it.tallies[0] for it in found} == by_ledgers(people, CAPPED, TODAY)


def _lay(unit: Organisation, **rules: Any) -> None:
    document = {"overlay_of": "MD-renewal", "by": unit.name, "id": f"of-{unit.code}", "title": "Ours", **SURE, **rules}
    with time_machine.travel(datetime(2022, 9, 1, 15, tzinfo=UTC), tick=False):
        overlays.load_overlay(organisation=unit, document=document, acting_person=None)


def test_a_revoked_badge_counts_for_nobody(people):
    before = sum(it.tallies[0].counted for it in evaluated() if it.tallies[0])
    facts = {"credential": {}, "issued_at": timezone.now(), "status_index": 1}
    Award.objects.update(
        status=AwardStatus.REVOKED, revoked_at=timezone.now(), revocation_reason="Issued in error.", **facts
    )
    assert sum(it.tallies[0].counted for it in evaluated() if it.tallies[0]) < before


def test_it_says_where_each_works_today(people):
    present = {person: valuers.present for person, valuers in records.valuers_of([it.pk for it in people]).items()}
    found = evaluated()
    assert [it.employer for it in found] == [present[it.person] for it in found]
    assert {it.employer is None for it in found} == {True, False}


def test_many_take_as_many_queries_as_few(people, state, version, district):
    evaluated()  # the policy is read once and then kept
    with CaptureQueriesContext(connection) as few:
        evaluated()
    for number in range(20):
        person = cast.make_person(f"Further {number}", (district, Role.EDUCATOR))
        Licence.objects.create(
            person=person, state=state, kind="FULL", role="teacher", issued=date(2024, 7, 1), expires=date(2029, 6, 30)
        )
        _badge(person, version, datetime(2026, 3, 4, tzinfo=UTC))
    with CaptureQueriesContext(connection) as many:
        evaluated()
    assert len(many) == len(few)


def evaluated() -> list[statewide.Evaluated]:
    return list(statewide.evaluate_everyone([policies.renewal_policy()], TODAY))


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "UTC"])
def test_days_are_those_of_the_installations_time_zone(zone, settings):
    settings.TIME_ZONE = zone
    timezone.get_default_timezone.cache_clear()
    days, start = LocalDays(), datetime(2026, 3, 7, 23, 50, tzinfo=UTC)
    try:
        for minutes in range(0, 4_000, 7):
            moment = start + timedelta(minutes=minutes)
            assert days.of(moment) == timezone.localdate(moment)
            assert days.of(moment.replace(tzinfo=None)) == timezone.localdate(moment)
    finally:
        timezone.get_default_timezone.cache_clear()
