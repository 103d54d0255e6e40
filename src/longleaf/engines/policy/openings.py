"""What a policy holds open beside credits, and how far one credit goes toward it, whoever it concerns.

`answers` says it of one licence. Here nobody is asked for: each result, obligation and ladder is held against a single
credit, for somebody whom it concerns, so that what another policy would give can be told to whoever comes from outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from longleaf.engines.policy.answers import climb
from longleaf.engines.policy.needs import Case, Need
from longleaf.engines.policy.policy import Policy
from longleaf.engines.policy.record import EarnedCredit, Licence, Record
from longleaf.engines.policy.results import Gift, Ladder, Step, Whom
from longleaf.engines.policy.rules import Rule, Span, Standing, years_after
from longleaf.engines.policy.weighing import weigh


class Reach(StrEnum):
    """How far one credit goes: all the way, a part of it, not at all, or nobody found out."""

    WHOLE = "whole"
    PART = "part"
    NOT = "not"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Opening:
    """A result (`gives`), an obligation or a ladder (`steps`) as it stands open to one credit.

    `says` is why it goes so far and no farther, `missing` what it takes beside it. `holds` is false outside `in_force`.
    `licences` and `roles` are titles of those whom it concerns; empty means everybody.
    """

    rule: Rule
    reach: Reach
    says: str
    missing: str
    in_force: Span
    holds: bool
    licences: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    gives: Gift | None = None
    steps: tuple[Step, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it was found at all, and what the credit does for it."""
        return self.reach is not Reach.UNKNOWN and self.rule.standing is not Standing.NOT_FOUND


def openings(policy: Policy, credit: EarnedCredit, *, on: date) -> tuple[Opening, ...]:
    """Everything that a policy gives or asks beside credits, held against one credit as of a day."""
    return (
        *(_of_need(policy, credit, on, it.rule, it.whom, it.needs, gives=it.gives) for it in policy.results),
        *(_of_need(policy, credit, on, it.rule, it.whom, it.needs, year=it.by_year) for it in policy.obligations),
        *(_of_ladder(policy, credit, on, it) for it in policy.ladders),
    )


def _of_need(
    policy: Policy,
    credit: EarnedCredit,
    on: date,
    rule: Rule,
    whom: Whom,
    need: Need,
    *,
    gives: Gift | None = None,
    year: int | None = None,
) -> Opening:
    finding = need.find(_case(policy, credit, whom, on, year or 1))
    reach = Reach.WHOLE if finding.met else Reach.PART if credit.id in finding.credit_ids else Reach.NOT
    holds, licences, roles = whom.in_force.covers(on), _licences(policy, whom), _roles(policy, whom)
    return Opening(rule, reach, finding.says, finding.missing, whom.in_force, holds, licences, roles, gives)


def _of_ladder(policy: Policy, credit: EarnedCredit, on: date, ladder: Ladder) -> Opening:
    whom = ladder.whom
    found = climb(ladder, _case(policy, credit, whom, on, 1))
    [rung] = found.rungs
    if rung.counted:
        reach = Reach.WHOLE if found.reached else Reach.PART
    else:
        reach = Reach.UNKNOWN if rung.rule.standing is Standing.NOT_FOUND else Reach.NOT
    to_go = f"{policy.unit.amount(found.missing)} more to “{found.next_step}”." if found.next_step else ""
    holds, licences, roles = whom.in_force.covers(on), _licences(policy, whom), _roles(policy, whom)
    return Opening(
        ladder.rule, reach, rung.reason, to_go, whom.in_force, holds, licences, roles, steps=ladder.steps
    )  # fmt: skip


def _case(policy: Policy, credit: EarnedCredit, whom: Whom, on: date, year: int) -> Case:
    """The credit in the hands of somebody whom a rule concerns, in that year of the licence in which it asks for it."""
    licence = Licence(
        kind=next(iter(whom.licences), ""),
        role=next(iter(whom.roles), ""),
        issued=years_after(credit.earned_on, 1 - year),
        expires=None,
    )
    return Case(licence, weigh(policy, licence, Record(licence, (credit,)), on), (), on, policy.unit)


def _licences(policy: Policy, whom: Whom) -> tuple[str, ...]:
    return tuple(it.title for it in policy.licence_types if it.code in whom.licences)


def _roles(policy: Policy, whom: Whom) -> tuple[str, ...]:
    return tuple(it.title for it in policy.roles if it.code in whom.roles)
