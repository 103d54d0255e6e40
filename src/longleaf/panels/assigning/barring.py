"""What keeps an assessor from being asked for a panel: the rules, one by one, each with its sentence.

All of them are asked in one place, whether one panel is drawn for or thousands. Three kinds: what never changes for a
panel, what is so at the moment, and what gives way where nobody else could be asked at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from longleaf.panels.assigning.vacancies import Rater, Vacancy


class Lasting(Enum):
    """How long a rule keeps somebody out."""

    FOR_GOOD = "for this panel"
    FOR_NOW = "at the moment"
    UNLESS_NOBODY_ELSE = "unless nobody else could be asked"


@dataclass(frozen=True, eq=False)
class Rule:
    """`keeps_out` is asked of a vacancy and a rater. `sentence` tells the lead, and never whose work it is.

    `tells_whose_work` marks rules whose answer, with a name beside it, could tell where or who the author is.
    """

    code: str
    sentence: str
    lasting: Lasting
    keeps_out: Callable[[Vacancy, Rater], bool]
    tells_whose_work: bool = False


AUTHOR = Rule(
    "own-work",
    "It is their own work.",
    Lasting.FOR_GOOD,
    lambda vacancy, rater: rater.person in vacancy.authors,
    tells_whose_work=True,
)
BARRED = Rule(
    "took-part",
    "They checked this work, or helped with it.",
    Lasting.FOR_GOOD,
    lambda vacancy, rater: rater.person in vacancy.barred,
    tells_whose_work=True,
)
SAME_PLACE = Rule(
    "same-place",
    "They work, or lately worked, at the same organization or in the same school unit.",
    Lasting.FOR_GOOD,
    lambda vacancy, rater: not vacancy.places.isdisjoint(rater.ties if vacancy.of_outsiders else rater.places),
    tells_whose_work=True,
)
DECLARED = Rule(
    "declared-conflict",
    "They declared a conflict of interest.",
    Lasting.FOR_GOOD,
    lambda vacancy, rater: (
        not (
            vacancy.authors.isdisjoint(rater.conflicts_with_people)
            and vacancy.places.isdisjoint(rater.conflicts_with_places)
        )
    ),
    tells_whose_work=True,
)
MUTUAL = Rule(
    "mutual-reading",
    "Their own work was lately read by whose work this is.",
    Lasting.FOR_GOOD,
    lambda vacancy, rater: rater.person in vacancy.read_by_author,
    tells_whose_work=True,
)
ASKED = Rule(
    "asked-before",
    "They were asked for this panel before.",
    Lasting.FOR_GOOD,
    lambda vacancy, rater: rater.person in vacancy.asked,
)
NOT_ACTIVE = Rule(
    "not-active",
    "They are not an active member of the pool.",
    Lasting.FOR_GOOD,
    lambda _, rater: rater.status != "active",
)
LANGUAGE = Rule(
    "language",
    "They do not read in the language of the work.",
    Lasting.FOR_GOOD,
    lambda vacancy, rater: bool(vacancy.language) and vacancy.language not in rater.languages,
)
NOT_CERTIFIED = Rule(
    "not-certified",
    "They are not certified for its rubric.",
    Lasting.FOR_GOOD,
    lambda vacancy, rater: vacancy.certified is not None and rater.person not in vacancy.certified,
)
AWAY = Rule("away", "They are away.", Lasting.FOR_NOW, lambda _, rater: rater.is_away)
AWAY_TOO_LONG = Rule(
    "away-too-long",
    "They are away for too many of the days in which it is to be read.",
    Lasting.FOR_NOW,
    lambda vacancy, rater: bool(rater.absences) and vacancy.days_to_read(rater.absences) < vacancy.least_days,
)
FULL = Rule(
    "full",
    "They have as many readings under way as they take at a time.",
    Lasting.FOR_NOW,
    lambda _, rater: rater.under_way >= rater.at_a_time,
)
ASKED_ENOUGH = Rule(
    "asked-enough",
    "They were asked as often in 30 days as they take.",
    Lasting.FOR_NOW,
    lambda _, rater: rater.asked >= rater.a_month,
)
READ_EARLIER_ROUND = Rule(
    "read-earlier-round",
    "They read an earlier round of it.",
    Lasting.UNLESS_NOBODY_ELSE,
    lambda vacancy, rater: rater.person in vacancy.read_before,
)
READ_SAME_AUTHOR = Rule(
    "read-same-author",
    "They lately read other work of the same person.",
    Lasting.UNLESS_NOBODY_ELSE,
    lambda vacancy, rater: rater.person in vacancy.read_the_author,
    tells_whose_work=True,
)

# In the order in which a reason is told: first what is least private.
RULES: tuple[Rule, ...] = (
    NOT_ACTIVE,
    ASKED,
    LANGUAGE,
    NOT_CERTIFIED,
    AWAY,
    AWAY_TOO_LONG,
    FULL,
    ASKED_ENOUGH,
    AUTHOR,
    BARRED,
    SAME_PLACE,
    DECLARED,
    MUTUAL,
    READ_EARLIER_ROUND,
    READ_SAME_AUTHOR,
)
FOR_GOOD = tuple(rule for rule in RULES if rule.lasting is Lasting.FOR_GOOD)
FOR_NOW = tuple(rule for rule in RULES if rule.lasting is Lasting.FOR_NOW)
# Somebody who takes it up themselves has room, and is asked no language they never told. Certificates are asked apart:
# a lead may hold one without being a reader of the pool.
FOR_LEADS = (ASKED, AUTHOR, BARRED, SAME_PLACE, DECLARED, MUTUAL, READ_EARLIER_ROUND)
# What keeps somebody from judging also where it arises after they were seated.
CONFLICTS = (AUTHOR, BARRED, SAME_PLACE, DECLARED, MUTUAL)
# Whoever lately read other work of the person is asked before somebody who read this very work.
GIVING_WAY = (READ_SAME_AUTHOR, READ_EARLIER_ROUND)


def reasons_against(vacancy: Vacancy, rater: Rater) -> list[Rule]:
    """Every rule that keeps a rater out; none means that they may be asked."""
    return [rule for rule in RULES if rule.keeps_out(vacancy, rater)]


def stands_outside(vacancy: Vacancy, rater: Rater, rules: Iterable[Rule]) -> bool:
    return not any(rule.keeps_out(vacancy, rater) for rule in rules)


def rules_in_force(vacancy: Vacancy, raters: Sequence[Rater]) -> tuple[Rule, ...]:
    """The rules of a panel: those that give way do so, one after another, only where nobody could ever be asked.

    Somebody who is away or has no room today can be asked tomorrow, so for them the panel waits.
    """
    if not (vacancy.read_before or vacancy.read_the_author):
        return (*FOR_GOOD, *FOR_NOW)
    for kept in (GIVING_WAY, GIVING_WAY[1:], ()):
        if any(stands_outside(vacancy, rater, (*FOR_GOOD, *kept)) for rater in raters):
            return (*FOR_GOOD, *FOR_NOW, *kept)
    return RULES
