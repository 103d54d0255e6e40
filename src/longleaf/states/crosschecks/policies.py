"""Recognition policies are read by the engine that will use them, and their own examples must come out."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.engines.policy import Policy, PolicyError, check_examples, policy_from_document
from longleaf.states.errors import Mistake
from longleaf.states.files import PackFile, from_path
from longleaf.states.gathering import Gathered


def check(gathered: Gathered) -> Iterator[Mistake]:
    known = {source.code for source in gathered.sources.part.sources} if gathered.sources.part else None
    for file in gathered.policies:
        policy, wrong = _read(file)
        yield from wrong
        if policy is None:
            continue
        for failure in check_examples(policy):
            yield file.mistake(("examples",), failure)
        for code in sorted(set(policy.source_ids) - known if known is not None else ()):
            yield file.mistake((), f"“{code}” is not in sources.yaml; add it there or mend the code.")


def sources_of_policies(gathered: Gathered) -> set[str]:
    """The codes of all sources that policies cite."""
    policies = (_read(file)[0] for file in gathered.policies)
    return {code for policy in policies if policy for code in policy.source_ids}


def _read(file: PackFile) -> tuple[Policy | None, list[Mistake]]:
    if file.content is None or file.flaws:
        return None, []
    try:
        return policy_from_document(file.content), []
    except PolicyError as error:
        return None, [file.mistake(from_path(it.path), it.reason) for it in error.mistakes]
