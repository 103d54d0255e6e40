"""Recognition policies are read by the engine that will use them, and their own examples must come out."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.engines.policy import Policy, PolicyError, check_examples, policy_from_document
from longleaf.states.crosschecks.told_by_engines import placed
from longleaf.states.errors import Mistake
from longleaf.states.files import PackFile
from longleaf.states.gathering import Gathered


def check(gathered: Gathered) -> Iterator[Mistake]:
    known = {source.code for source in gathered.sources.part.sources} if gathered.sources.part else None
    for file in gathered.policies:
        policy, wrong = _read(file)
        yield from wrong
        if policy is None:
            continue
        yield from placed(file, check_examples(policy))
        for code in sorted(set(policy.source_ids) - known if known is not None else ()):
            yield file.mistake((), f"“{code}” is not in sources.yaml; add it there or mend the code.")


def sources_of_policies(gathered: Gathered) -> set[str] | None:
    """The codes of all sources that policies cite, or None where a policy is wrong."""
    policies = [_read(file)[0] for file in gathered.policies]
    if None in policies:
        return None
    return {code for policy in policies if policy for code in policy.source_ids}


def _read(file: PackFile) -> tuple[Policy | None, list[Mistake]]:
    if file.content is None or file.flaws:
        return None, []
    try:
        return policy_from_document(file.content), []
    except PolicyError as error:
        return None, placed(file, error.mistakes)
