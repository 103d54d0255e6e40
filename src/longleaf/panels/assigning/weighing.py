"""What it costs to ask one assessor rather than another, in whole numbers, so that nothing hangs on rounding.

Less is better. Knowing nothing of what a panel is about, a full queue and a month that was asked for to the last
reading each cost a thousand, times the weight that the pool's rules give them.
"""

from __future__ import annotations

from longleaf.panels.assigning.vacancies import Rater, Tags
from longleaf.panels.pool.rules import PoolRules

WHOLE = 1_000


def fields_known(rater: Rater, asked_for: Tags) -> int:
    """In how many of the lists (grade bands, topics, …) a rater knows at least one of the codes that a panel has."""
    return sum(not codes.isdisjoint(rater.qualifications) for codes in asked_for.values())


def fields_confirmed(rater: Rater, asked_for: Tags) -> int:
    """In how many of the lists a lead of the pool has confirmed that a rater knows at least one of the codes."""
    return sum(not codes.isdisjoint(rater.confirmed) for codes in asked_for.values())


def cost(rater: Rater, asked_for: Tags, *, given: int, rules: PoolRules) -> int:
    """What one more reading costs after `given` new ones. It never falls as `given` grows."""
    return unfamiliarity(rater, asked_for, rules) + burden(rater, given, rules)


def unfamiliarity(rater: Rater, asked_for: Tags, rules: PoolRules) -> int:
    """The part of the cost that hangs on what the work is about."""
    unknown = len(asked_for) - fields_known(rater, asked_for)
    return rules.weight_of_expertise * (WHOLE * unknown // max(1, len(asked_for)))


def burden(rater: Rater, given: int, rules: PoolRules) -> int:
    """The part of the cost that hangs on what the rater has: under way, and asked for in 30 days."""
    load = WHOLE * (rater.under_way + given) // max(1, rater.at_a_time)
    month = WHOLE * (rater.asked + given) // max(1, rater.a_month)
    return rules.weight_of_load * load + rules.weight_of_month * month
