"""What would become of each line of a file of licences. As many queries for many lines as for few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from longleaf.directory import queries as directory
from longleaf.engines import policy as engine
from longleaf.engines.policy.rules import spoken
from longleaf.recognition import access, policies
from longleaf.recognition.licences.facts import LicenceFacts, changes_of, meant_by
from longleaf.recognition.licences.reading import Line, facts_of
from longleaf.recognition.models import Licence

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

# What becomes of a line, or what became of it.
NEW, CHANGED, ENDED, THERE, PROBLEM = "new", "changed", "ended", "there", "problem"
FATES = (NEW, CHANGED, ENDED, THERE, PROBLEM)
TO_ENTER = frozenset({NEW, CHANGED, ENDED})
WORDS = {
    "kind": "kind", "role": "role", "issued": "first day", "expires": "last day", "areas": "areas",
    "scores": "exam scores", "ended_on": "early end",
}  # fmt: skip


@dataclass(frozen=True)
class Fate:
    """What becomes of one line, whom it means and what it says, and a sentence."""

    line: Line
    outcome: str
    sentence: str = ""
    person: Person | None = None
    facts: LicenceFacts | None = None


def fates_of(lines: Sequence[Line], *, office: Organisation | None, officer: Person | None) -> list[Fate]:
    """The fate of each line, for an office; without one for the whole state.

    Whether somebody is enrolled where the office does not enter licences is not told.
    """
    people = directory.people_named(line.person for line in lines)
    licensed = {each.pk for each in people.values()}
    if office is not None:
        licensed &= access.people_licensed_by(office, people.values())
    policy, held = policies.renewal_policy(), _held_by(licensed)
    return list(_fates(lines, people, licensed, held, policy, officer))


def told_of(facts: LicenceFacts, held: Iterable[Licence]) -> tuple[str, str]:
    """What entering a licence beside those that somebody holds would come to, with a sentence."""
    licence = meant_by(facts, held)
    if licence is None:
        return NEW, f"It is entered as ended on {spoken(facts.ended_on)}." if facts.ended_on else ""
    changes = changes_of(facts, licence)
    if not changes:
        return THERE, "It is on record already; nothing changes."
    if facts.ended_on and "ended_on" in changes:
        return ENDED, f"It ends on {spoken(facts.ended_on)}."
    return CHANGED, "; ".join(_in_words(name, *change) for name, change in changes.items()) + "."


def _fates(
    lines: Iterable[Line],
    people: Mapping[str, Person],
    licensed: set[int],
    held: Mapping[int, list[Licence]],
    policy: engine.Policy | None,
    officer: Person | None,
) -> Iterator[Fate]:
    seen: dict[tuple[int, str, str, date], int] = {}
    for line in lines:
        person = people.get(line.person.strip().lower())
        if problem := _problem_of_person(line, person, licensed, officer):
            yield Fate(line, PROBLEM, problem)
            continue
        assert person is not None
        read = facts_of(line, policy)
        if read.facts is None:
            yield Fate(line, PROBLEM, read.problem, person)
            continue
        facts = read.facts
        keys = [(person.pk, facts.kind, "issued", facts.issued), (person.pk, facts.kind, "expires", facts.expires)]
        first = next((seen[key] for key in keys if key in seen), None)
        if first is not None:
            yield Fate(line, PROBLEM, f"Line {first} names the same license.", person)
            continue
        seen |= dict.fromkeys(keys, line.number)
        yield Fate(line, *told_of(facts, held.get(person.pk, ())), person, facts)


def _problem_of_person(line: Line, person: Person | None, licensed: set[int], officer: Person | None) -> str:
    if person is None or person.pk not in licensed:
        return "No educator of yours has this address or reference."
    if officer is not None and person.pk == officer.pk:
        return "Nobody enters their own license. Have another officer do it."
    name = line.cells.get("name", "")
    if name and _plain(name) != _plain(person.name):
        return f"The record says {person.name}. Correct the name or the address."
    return ""


def _held_by(people: Iterable[int]) -> dict[int, list[Licence]]:
    found: dict[int, list[Licence]] = {}
    for licence in Licence.objects.filter(person__in=set(people), state=settings.STATE).order_by("expires", "pk"):
        found.setdefault(licence.person_id, []).append(licence)
    return found


def _in_words(name: str, before: object, after: object) -> str:
    if name == "scores":
        return "other exam scores"
    return f"{WORDS[name]}: {_value(after)} in place of {_value(before)}"


def _value(value: object) -> str:
    if isinstance(value, date):
        return spoken(value)
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return str(value or "none")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
