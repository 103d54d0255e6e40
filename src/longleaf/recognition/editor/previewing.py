"""What a draft would change before it is published: rule by rule, and in the ledgers of the policy's own examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from longleaf.engines.documents import DocumentError, calendar_day
from longleaf.engines.policy import Ledger, NoRuleError, Policy, ledger, record_from_document
from longleaf.engines.policy.record_reading import RECORD


@dataclass(frozen=True)
class Side:
    """What one policy says of an example. `silent` is why it says nothing."""

    required: Decimal = Decimal(0)
    counted: Decimal = Decimal(0)
    complete: bool = False
    settled: bool = False
    silent: str = ""

    @property
    def missing(self) -> Decimal:
        return self.required - self.counted


@dataclass(frozen=True)
class Sample:
    """An example, which is nobody: what is in force says of it, and what the draft would say."""

    title: str
    before: Side | None
    after: Side

    @property
    def differs(self) -> bool:
        return self.before is not None and self.before != self.after


def samples_of(before: Policy | None, after: Policy) -> list[Sample]:
    """Every example of a sound policy under it and under the one in force, those that differ first."""
    found = [sample for each in _examples(after) if (sample := _sample(before, after, each))]
    return sorted(found, key=lambda sample: not sample.differs)


def _examples(policy: Policy) -> Sequence[Mapping[str, Any]]:
    examples = policy.examples.value
    return [each for each in examples if isinstance(each, Mapping)] if isinstance(examples, list) else []


def _sample(before: Policy | None, after: Policy, example: Mapping[str, Any]) -> Sample | None:
    on = calendar_day(example.get("as_of"))
    try:
        record = record_from_document({key: example[key] for key in RECORD if key in example})
    except DocumentError:
        return None
    if on is None:
        return None

    def side(policy: Policy) -> Side:
        try:
            return _side(ledger(policy, record, on=on))
        except NoRuleError as silent:
            return Side(silent=str(silent))

    return Sample(str(example.get("title") or ""), side(before) if before else None, side(after))


def _side(found: Ledger) -> Side:
    return Side(found.total_required, found.total_counted, found.complete, found.settled is not None)
