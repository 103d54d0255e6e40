"""What is told before something is earned is what the ledger gives once it is: the same day, under any kind of rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from longleaf.awards import issuing
from longleaf.awards.models import Award
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.engines import policy as engine
from longleaf.engines.policy.tests.kinds import KINDS, document_of
from longleaf.quality.models import QualityDecision
from longleaf.quality.status import Outcome
from longleaf.recognition import ledgers, policies, records, what_if
from longleaf.recognition.models import OtherCredit, PolicyText
from longleaf.recognition.tests.factories import (
    FINDING,
    SURE,
    make_policy_document,
)
from longleaf.recognition.tests.test_statewide import people as everybody  # noqa: F401 - a fixture
from longleaf.recognition.tests.test_statewide import school  # noqa: F401 - a fixture of that fixture
from tests import cast

CAP: dict[str, Any] = {"id": "c", "title": "At most one", "at_most": 1, "per": "year", **SURE}


def admitted(when: dict[str, Any]) -> dict[str, Any]:
    rule = {"id": "asks", "title": "Asks", "of": ["micro_credential"], "when": when, "otherwise": "Not that.", **SURE}
    return make_policy_document(admissions=[rule])


ASK_WHERE_IT_COMES_FROM = {
    "recognised": admitted({"kind": "recognised_by", "among": ["D1", "NC"]}),
    "issuer": admitted({"kind": "issuer", "among": ["ISSUER"]}),
    "not this issuer": admitted({"kind": "not", "condition": {"kind": "issuer", "among": ["ISSUER"]}}),
    "capped": make_policy_document(caps=[CAP | {"of": ["micro_credential", "clock_hour"]}]),
}


def put_in_force(state: Any, document: dict[str, Any]) -> None:
    PolicyText.objects.filter(code=policies.RENEWAL).delete()
    plain = json.loads(json.dumps(document, default=str))
    policies.load_policy(state=state, code=policies.RENEWAL, document=plain, acting_person=None)


def recognise(version: Version, agency: Organisation) -> None:
    """As it holds today, and not on the days of what was earned before."""
    QualityDecision.objects.create(
        state=agency.state, version=version, decided_by=agency, outcome=Outcome.RECOGNISED, standing="synthetic",
        valid_from=timezone.localdate(),
    )  # fmt: skip


@contextmanager
def earned(person: Person, *versions: Version) -> Iterator[list[str]]:
    """As if they were earned now: the ids of the badges. Nothing stays."""
    with transaction.atomic():
        awards = [
            issuing.queue_award(
                occasion=f"prospect:{version.pk}", earner=person, version=version, finding=FINDING,
                earned_at=timezone.now(), acting_person=None,
            )
            for version in versions
        ]  # fmt: skip
        yield [str(award.uuid) for award in awards]
        transaction.set_rollback(True)


def ledger_of(person: Person, on: date) -> engine.Ledger:
    found = ledgers.standing_of(person, on=on).ledger
    assert found is not None
    return found


def by_category(ledger: engine.Ledger) -> dict[str, Decimal]:
    return {part.code: part.counted for part in ledger.categories}


def lines_of(ledger: engine.Ledger, ending: str) -> list[Any]:
    lines = [line for line in ledger.lines if line.credit_id.endswith(ending)]
    return sorted((line.category or "", line.amount, line.counted, line.rule.id, line.why_not or "") for line in lines)


def licensed_among(people: list[Person]) -> list[Person]:
    held = records.licences_of([person.pk for person in people], timezone.localdate())
    return [person for person in people if person.pk in held]


DOCUMENTS = {**{kind: document_of(kind) for kind in KINDS}, **ASK_WHERE_IT_COMES_FROM}


@pytest.mark.django_db
@pytest.mark.parametrize("names", [list(KINDS), list(ASK_WHERE_IT_COMES_FROM)], ids=["kinds", "origins"])
def test_what_is_told_before_is_what_the_ledger_gives_after(names, everybody, state, agency):  # noqa: F811
    today, versions = timezone.localdate(), list(Version.objects.order_by("pk"))
    give_earlier_badges_other_versions(versions, state)
    recognise(versions[0], agency)
    licensed = licensed_among(everybody)
    for person in licensed:
        OtherCredit.objects.create(person=person, kind="clock_hour", title="Of the same day", amount=5, earned_on=today)
    for name in names:
        put_in_force(state, DOCUMENTS[name])
        for person in some_of(licensed, name):
            assert foreseen(person, versions, today) == found_after(person, versions, today), name


def give_earlier_badges_other_versions(versions: list[Version], state: Any) -> None:
    """Whoever holds a badge that is good is promised nothing for it, so what was earned was something like it."""
    for number, version in enumerate(versions):
        document = cast.make_document(f"like-{number}", title="Like it", effort_hours=str(version.effort_hours))
        items = [alignment.item for alignment in version.alignments.all()]
        like = cast.publish(state, version.micro_credential.issuer, document, items)
        Award.objects.filter(version=version).update(version=like)


def foreseen(person: Person, versions: list[Version], today: date) -> list[Any]:
    """What is told before: of each version what it is worth, and of all together the whole ledger."""
    told = [ledgers.worth_to(person, version, on=today).prospect for version in versions]
    worths = [it and (it.amount, it.counts, {gain.category.code: gain.credits for gain in it.gains}) for it in told]
    whole = what_if.if_earned(person, [it.micro_credential.slug for it in versions], words="", on=today).comparison
    return [*worths, whole and all_of(whole.after, [f":{version.pk}" for version in versions])]


def found_after(person: Person, versions: list[Version], today: date) -> list[Any]:
    """The same, from the ledger once they are earned."""
    before = ledgers.standing_of(person, on=today).ledger
    if before is None:
        return [None] * (len(versions) + 1)
    found: list[Any] = []
    for version in versions:
        with earned(person, version) as [badge]:
            after = ledger_of(person, today)
        had, has = by_category(before), by_category(after)
        gains = {code: counted - had.get(code, 0) for code, counted in has.items()}
        [amount] = {amount for _, amount, *_ in lines_of(after, badge)}
        counts = after.total_counted - before.total_counted
        found.append((amount, counts, {code: gained for code, gained in gains.items() if gained}))
    with earned(person, *versions) as badges:
        after = ledger_of(person, today)
    is_settled = before.settled and before.answers == engine.Answers()
    return [*found, None if is_settled else all_of(after, badges)]


def all_of(ledger: engine.Ledger, endings: list[str]) -> list[Any]:
    """Everything that a ledger says, but for the ids of its credits."""
    beside = (*ledger.answers.results, *ledger.answers.obligations)
    return [
        (ledger.total_required, ledger.total_counted, by_category(ledger)),
        {it.rule.id: it.met for it in beside},
        [it.amount for it in ledger.answers.climbs],
        [it.met for it in ledger.plans],
        *(lines_of(ledger, ending) for ending in endings),
    ]


def some_of(people: list[Person], name: str) -> list[Person]:
    """Everybody where a rule asks where a badge comes from; under every other kind of rule a few, others each time."""
    place = list(DOCUMENTS).index(name)
    return people if name in ASK_WHERE_IT_COMES_FROM else [people[(place + step) % len(people)] for step in (0, 5)]
