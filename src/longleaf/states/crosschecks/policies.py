"""Recognition policies are read by the engine that will use them, and their own examples must come out.

What a school unit asks is read as it will be used: laid over the state's renewal policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.engines.policy import Policy, PolicyError, check_examples, overlaid, policy_from_document
from longleaf.recognition.overlays import unit_of
from longleaf.states.crosschecks.told_by_engines import placed
from longleaf.states.errors import Mistake
from longleaf.states.files import PackFile
from longleaf.states.gathering import Gathered

RENEWAL = "policy/renewal.yaml"


def check(gathered: Gathered) -> Iterator[Mistake]:
    known = {source.code for source in gathered.sources.part.sources} if gathered.sources.part else None
    policies = _read_all(gathered)
    of_state = next((policy for file, policy, _ in policies if file.name == RENEWAL), None)
    for file, policy, wrong in policies:
        yield from wrong
        yield from _check_unit(gathered, file)
        if policy is None:
            continue
        yield from placed(file, check_examples(policy))
        # A unit's policy holds the state's as well; what that cites is told where it stands.
        elsewhere = set(of_state.source_ids) if of_state and unit_of(file.name) is not None else set()
        for code in sorted(set(policy.source_ids) - known - elsewhere if known is not None else ()):
            yield file.mistake((), f"“{code}” is not in sources.yaml; add it there or mend the code.")


def sources_of_policies(gathered: Gathered) -> set[str] | None:
    """The codes of all sources that policies cite, or None where a policy is wrong."""
    policies = [policy for _, policy, _ in _read_all(gathered)]
    if None in policies:
        return None
    return {code for policy in policies if policy for code in policy.source_ids}


def _read_all(gathered: Gathered) -> list[tuple[PackFile, Policy | None, list[Mistake]]]:
    """Every policy with what is wrong with it; those of units over the state's, where that one can be read."""
    base = next((_read(file, None)[0] for file in gathered.policies if file.name == RENEWAL), None)
    return [(file, *_read(file, base)) for file in gathered.policies]


def _read(file: PackFile, base: Policy | None) -> tuple[Policy | None, list[Mistake]]:
    of_unit = unit_of(file.name) is not None
    if file.content is None or file.flaws or (of_unit and base is None):
        return None, []
    try:
        return (overlaid(base, file.content) if of_unit and base else policy_from_document(file.content)), []
    except PolicyError as error:
        return None, placed(file, error.mistakes)


def _check_unit(gathered: Gathered, file: PackFile) -> Iterator[Mistake]:
    """A unit's document bears the unit's code as its name; told where every organisation could be read."""
    parts = [sheet.part for sheet in gathered.organisations]
    codes = {each.code for part in parts if part for each in part.organisations}
    unit = unit_of(file.name)
    if unit is not None and None not in parts and unit not in codes:
        yield file.mistake((), f"No organisation has the code “{unit}”; name the file by the code of a school unit.")
