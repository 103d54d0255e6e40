"""Reads that answer an educator's two questions: where do I stand, and what would this be worth to me?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.engines import policy as engine
from longleaf.engines.policy.conditions import Anything
from longleaf.kit import keeping
from longleaf.recognition import held, overlays, policies, prospects, records
from longleaf.recognition.beside import rules_beside
from longleaf.recognition.models import Licence

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person
    from longleaf.engines.policy.policy import Part


NO_LICENCE = "No license is on record here yet. The licensure office of the educator's school unit enters it."


@dataclass(frozen=True)
class Standing:
    """An educator's ledger with what it was reckoned by, and from. `problem` says why there is none."""

    licence: Licence | None
    policy: engine.Policy | None
    ledger: engine.Ledger | None
    problem: str = ""
    record: engine.Record | None = None


def standing_of(person: Person, *, on: date, licence: Licence | None = None) -> Standing:
    """The ledger of the cycle that runs on a day, under the dated rules for that licence.

    `licence` is one of the person's, where another is wanted than the one whose cycle runs.
    """
    if licence is not None:
        policy = overlays.policies_for([person.pk], on).get(person.pk) or policies.renewal_policy(on)
        return _standing(policy, licence, records.record_of(person, licence), on) if policy else _reckoned(person, on)
    # Of days that are typed there is no end, so today's alone is kept.
    if on != timezone.localdate():
        return _reckoned(person, on)
    return keeping.as_decided("standing", person.pk, make=lambda: _reckoned(person, on))


def _reckoned(person: Person, on: date) -> Standing:
    return standings_of([person.pk], on=on)[person.pk]


def standings_of(people: Collection[int], *, on: date) -> dict[int, Standing]:
    """The standing of each of many people, by their keys. As many queries as for one."""
    policy = policies.renewal_policy(on)
    licences = records.licences_of(people, on)
    if policy is None:
        problem = "This state has not published a renewal policy here yet."
        return {person: Standing(licences.get(person), None, None, problem) for person in people}
    found, of_units = records.records_of(licences), overlays.policies_for(people, on)
    return {
        person: _standing(of_units.get(person, policy), licences[person], found[person], on)
        if person in found
        else Standing(None, policy, None, NO_LICENCE)
        for person in people
    }


def _standing(policy: engine.Policy, licence: Licence, record: engine.Record, on: date) -> Standing:
    try:
        return Standing(licence, policy, engine.ledger(policy, record, on=on), record=record)
    except engine.NoRuleError as silent:
        return Standing(licence, policy, None, str(silent))


@dataclass(frozen=True)
class Worth:
    """What a micro-credential would be worth to one educator, in a sentence, with what it rests on."""

    sentence: str
    prospect: engine.Prospect | None = None
    licence: Licence | None = None


def worth_to(person: Person, version: Version, *, on: date, licence: Licence | None = None) -> Worth:
    """What a version would add to a person's ledger if it were demonstrated on a day; nothing while they hold it.

    `licence` is one of theirs, where another is meant than the one whose cycle runs.
    """
    if licence is not None:
        return _worth(person, version, on, licence)
    return keeping.as_decided("worth", person.pk, version.pk, on, make=lambda: _worth(person, version, on))


def _worth(person: Person, version: Version, on: date, licence: Licence | None = None) -> Worth:
    standing = standing_of(person, on=on, licence=licence)
    record = standing.record
    if standing.policy is None or standing.ledger is None or record is None:
        return Worth(standing.problem, licence=standing.licence)
    if sentence := held.held_by(person, standing.ledger, on=on).get(version.pk):
        return Worth(sentence, licence=standing.licence)
    [credit] = prospects.prospects_for(person, [version], on=on)
    replaced = prospects.replaced_by(record, [credit])
    told = engine.worth(standing.policy, record.licence, credit, on=on, record=record, instead_of=replaced)
    return Worth(told.sentence, told, standing.licence)


def categories_open_to(version: Version, policy: engine.Policy, *, on: date) -> frozenset[str]:
    """Codes of the renewal categories for which a version can count under today's rules, whatever the licence.

    A category that takes any credit is left out: to say that everything counts for it would tell nobody anything.
    """
    [credit] = prospects.prospects_of([version], on=on)
    return frozenset(
        part.category.code
        for current in policy.versions
        if current.licences_expiring.covers(on)
        for requirement in current.requirements
        for part in requirement.parts
        if _looks_for_something(part) and part.takes.condition.why(credit, _any_licence(on), part.category.code)
    )


def titles_of_categories(policy: engine.Policy) -> Mapping[str, str]:
    return {category.code: category.title for category in policy.categories}


def rules_named(ledger: engine.Ledger) -> Iterable[engine.Rule]:
    """Every rule that a ledger's lines and what is beside them rest on, once, in the order in which they are met."""
    rules = [rule for line in ledger.lines for rule in (line.value_rule, line.rule)]
    asking = [*(line.rule for line in ledger.plans), *(part.rule for part in ledger.categories)]
    return {rule.id: rule for rule in [*asking, *rules, *rules_beside(ledger)]}.values()


def _looks_for_something(part: Part) -> bool:
    return not isinstance(part.takes.condition, Anything)


def _any_licence(on: date) -> engine.Licence:
    return engine.Licence(kind="", role="", issued=None, expires=None)
