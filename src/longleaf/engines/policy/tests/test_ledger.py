"""The ledger: which rule each line names, what is refused and why, and the days at the edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from longleaf.engines.policy import (
    EarnedCredit,
    Ledger,
    Licence,
    LocalValue,
    NoRuleError,
    Record,
    RecordError,
    ledger,
    policy_from_document,
    tally,
    worth,
)
from longleaf.engines.policy.conditions import is_under
from longleaf.engines.policy.needs import Finding
from longleaf.engines.policy.tests.small_policy import DOCUMENT, LICENCE, SURE, document, hours, small_policy
from longleaf.engines.policy.tests.tallies import require_same

ON = date(2026, 1, 1)
CRAFT = frozenset({"S-3A"})
RYE = frozenset({"rye"})


def reckon(*credits: EarnedCredit, licence: Licence = LICENCE, on: date = ON) -> Ledger:
    return ledger(small_policy(), Record(licence, credits), on=on)


def counted(found: Ledger) -> dict[str, Decimal]:
    return {line.code: line.counted for line in found.categories}


def test_a_stack_of_an_unknown_kind_is_left_out_and_its_pieces_count() -> None:
    policy, pieces = small_policy(), (hours("a", "5"), hours("b", "5"))
    stack = replace(hours("s", "5"), kind="bundle", pieces=frozenset({"a", "b"}))
    alone, gathered = (ledger(policy, Record(LICENCE, credits), on=ON) for credits in (pieces, (*pieces, stack)))
    assert gathered.lines == alone.lines
    require_same(tally(policy, Record(LICENCE, (*pieces, stack)), on=ON), gathered)


def test_a_line_names_its_rule_its_value_and_the_reason() -> None:
    (line,) = reckon(hours("a", "30", alignments=CRAFT)).lines
    assert (line.category, line.counted, line.amount) == ("craft", 3, 3)
    assert (line.rule.id, line.value_rule.id) == ("V1.baker.craft", "v-hour")
    assert line.reason == "Worth 3 marks for 30 hours. Counts 3 marks for Craft: it is aligned to S-3A."
    assert line.why_not == (
        "Not for Field, which takes a credit in the area of the license, "
        "or a credit recorded for it by the employing unit."
    )


def test_a_credit_is_split_and_the_lines_say_so() -> None:
    found = reckon(hours("a", "60", alignments=CRAFT, topics=RYE))
    assert counted(found) == {"craft": 3, "field": 2, "any": 1}
    assert [line.counted for line in found.lines] == [3, 2, 1]
    assert all(line.reason.endswith("Shares may be split.") for line in found.lines)


def test_what_is_not_needed_is_left_over_with_its_reason() -> None:
    found = reckon(hours("a", "200", alignments=CRAFT, topics=RYE))
    assert (found.total_counted, found.complete, found.missing) == (10, True, ())
    rest = found.lines[-1]
    assert (rest.category, rest.counted) == (None, 0)
    assert rest.why_not == "10 marks not needed: everything that it fits is full already."


def test_missing_sentences_say_how_much_and_what_fills_it() -> None:
    found = reckon(hours("a", "30", alignments=CRAFT))
    assert found.missing == (
        "Field still needs 2 marks. It takes a credit in the area of the license, "
        "or a credit recorded for it by the employing unit.",
        "Any still needs 5 marks. It takes any credit.",
    )
    assert found.total_missing == 7


def test_a_flexible_credit_makes_room_for_a_bound_one_whatever_came_first() -> None:
    flexible = hours("early", "30", date(2023, 1, 1), alignments=CRAFT, topics=RYE)
    bound = hours("late", "30", date(2024, 1, 1), alignments=CRAFT)
    assert counted(reckon(flexible, bound)) == {"craft": 3, "field": 2, "any": 1}


def test_the_employing_unit_may_record_a_credit_for_a_category() -> None:
    (line,) = reckon(hours("a", "20", categories_claimed=frozenset({"field"}))).lines
    assert (line.category, line.reason.endswith("the employing unit recorded it so.")) == ("field", True)


@pytest.mark.parametrize(
    ("day", "counts", "why"),
    [
        (date(2022, 6, 30), 0, "It was earned before this cycle began on July 1, 2022."),
        (date(2022, 7, 1), 1, None),
        (date(2024, 2, 29), 1, None),
        (date(2027, 6, 30), 1, None),
        (date(2027, 7, 1), 0, "It was earned after the license expired on June 30, 2027. It may revive it."),
    ],
)
def test_the_window_holds_to_the_day(day: date, counts: int, why: str | None) -> None:
    (line,) = reckon(hours("a", "10", day), on=date(2028, 1, 1)).lines
    assert line.counted == counts
    assert (line.rule.id == "w", line.why_not) == (True, why) if why else line.rule.id == "V1.baker.any"


def test_a_credit_after_the_day_of_the_ledger_lies_ahead() -> None:
    (line,) = reckon(hours("a", "10", date(2026, 1, 2))).lines
    assert line.why_not == "It is dated January 2, 2026, after the day of this ledger, January 1, 2026."
    assert reckon(hours("a", "10", date(2026, 1, 1))).total_counted == 1


@pytest.mark.parametrize(
    ("expires", "start"),
    [
        (date(2027, 6, 30), date(2022, 7, 1)),
        (date(2028, 2, 29), date(2023, 3, 1)),
        (date(2029, 2, 28), date(2024, 2, 29)),
    ],
)
def test_a_cycle_without_known_beginning_lasts_the_years_of_the_version(expires: date, start: date) -> None:
    found = reckon(licence=replace(LICENCE, issued=None, expires=expires))
    assert found.cycle is not None
    assert (found.cycle.start, found.cycle.end) == (start, expires)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2024, 5, 1), "10 marks must be earned by June 30, 2027, more than 3 years from now."),
        (date(2026, 11, 22), "10 marks must be earned by June 30, 2027, 7 months from now."),
        (date(2027, 6, 28), "10 marks must be earned by June 30, 2027, 2 days from now."),
        (date(2027, 6, 29), "10 marks must be earned by June 30, 2027, which is tomorrow."),
        (date(2027, 6, 30), "10 marks must be earned by June 30, 2027, which is today."),
        (date(2027, 7, 1), "The license expired on June 30, 2027."),
    ],
)
def test_the_next_date_counts_down_to_expiry(on: date, sentence: str) -> None:
    found = reckon(on=on).next_date
    assert found is not None
    assert (found.day, found.sentence) == (date(2027, 6, 30), sentence)


def test_a_local_value_counts_for_each_or_by_the_hour() -> None:
    badge = EarnedCredit("b", "badge", "Badge", Decimal("12.5"), date(2024, 1, 1))
    each = replace(badge, value=LocalValue(Decimal(2), "North unit", "two for each."))
    hourly = replace(badge, value=LocalValue(Decimal("0.1"), "North unit", "ten hours are one", per_hour=True))
    assert [line.reason for line in reckon(each).lines] == [
        "North unit gives 2 marks: two for each. Counts 2 marks for Any: any credit fits here."
    ]
    assert reckon(hourly).total_counted == Decimal("1.25")
    assert reckon(replace(hourly, amount=None)).lines[0].why_not == (
        "North unit counts hours of effort, and their number is not recorded."
    )


def test_without_a_local_value_nothing_counts_yet() -> None:
    (line,) = reckon(EarnedCredit("b", "badge", "Badge", None, date(2024, 1, 1))).lines
    assert (line.amount, line.counted, line.rule.id) == (None, 0, "v-badge")
    assert (line.reason, line.why_not) == ("It has no value yet.", "Ask.")


@pytest.mark.parametrize(
    ("kind", "day", "why"),
    [
        ("hour", date(2024, 1, 1), "The number of hours is not recorded; add it so that it can count."),
        ("old", date(2024, 1, 1), "It ended."),
        ("dance", date(2024, 1, 1), "“dance” is not a kind of credit that this policy knows."),
    ],
)
def test_a_credit_without_value_says_what_it_lacks(kind: str, day: date, why: str) -> None:
    assert reckon(EarnedCredit("a", kind, "A", None, day)).lines[0].why_not == why


def test_a_value_holds_for_its_own_days_only() -> None:
    licence = replace(LICENCE, issued=date(2020, 7, 1), expires=date(2025, 6, 30))
    (line,) = reckon(EarnedCredit("a", "old", "A", None, date(2020, 12, 31)), licence=licence).lines
    assert line.why_not == "The policy gives no value to “Old thing” for this license and day."


def test_a_narrower_role_is_ruled_by_its_broader_one() -> None:
    assert counted(reckon(licence=replace(LICENCE, role="bread_baker"))) == {"craft": 0, "field": 0, "any": 0}


@pytest.mark.parametrize(
    ("licence", "says"),
    [
        (replace(LICENCE, role="guest"), "does not say what the role “Guest” needs"),
        (replace(LICENCE, role="cook"), "knows no role “cook”"),
        (replace(LICENCE, kind="HALF"), "knows no license “HALF”"),
        (replace(LICENCE, expires=None), "has no day of expiry"),
        (replace(LICENCE, expires=date(2030, 6, 30)), "no version for licenses that expire on June 30, 2030"),
        (replace(LICENCE, issued=date(2015, 7, 1), expires=date(2020, 6, 29)), "no version for licenses"),
    ],
)
def test_where_the_policy_is_silent_it_says_so(licence: Licence, says: str) -> None:
    with pytest.raises(NoRuleError, match=says):
        reckon(licence=licence)


def test_a_version_may_hold_only_while_the_policy_is_in_force() -> None:
    version = DOCUMENT["versions"][0]
    old = {**version, "in_force": {"before": "2026-01-01"}}
    new = {**version, "id": "V2", "in_force": {"from": "2026-01-01"}}
    policy = policy_from_document(document(versions=[old, new]))
    assert policy.version_for(LICENCE, date(2025, 12, 31)).id == "V1"
    assert policy.version_for(LICENCE, date(2026, 1, 1)).id == "V2"


def test_a_settled_licence_asks_for_nothing_and_lists_everything() -> None:
    found = reckon(hours("a", "10"), licence=Licence("LIFE", "baker", None, None))
    assert (found.settled, found.version, found.total_required, found.missing) == ("Nothing is asked.", None, 0, ())
    assert [(line.counted, line.why_not) for line in found.lines] == [(0, "Nothing is asked.")]


def test_notices_are_shown_to_whom_they_concern() -> None:
    assert [it.rule.id for it in reckon().notices] == ["n1"]


def test_one_credit_cannot_stand_in_a_record_twice() -> None:
    with pytest.raises(RecordError, match="used twice"):
        Record(LICENCE, (hours("a", "10"), hours("a", "10")))


@pytest.mark.parametrize(
    ("code", "top", "under"),
    [
        ("S-3", "S-3", True),
        ("S-3A", "S-3", True),
        ("S-3.b", "S-3", True),
        ("S-31", "S-3", False),
        ("DLC-T-L2", "DLC-T", True),
        ("DLC-TX", "DLC-T", False),
        ("S", "S-3", False),
    ],
)
def test_a_code_lies_below_another_only_where_it_breaks_off(code: str, top: str, under: bool) -> None:
    assert is_under(code, top) is under


def test_it_tells_what_a_prospective_credit_would_be_worth() -> None:
    have = Record(LICENCE, (hours("a", "20", alignments=CRAFT),))
    found = worth(small_policy(), LICENCE, hours("new", "30", ON, alignments=CRAFT), on=ON, record=have)
    assert (found.amount, found.counts, found.rule.id) == (3, 3, "v-hour")
    assert [(it.category.code, it.credits) for it in found.gains] == [("craft", 1), ("any", 2)]
    assert found.sentence == "It would count 1 mark for Craft and 2 marks for Any."


def test_a_prospect_without_a_value_still_says_what_it_fits() -> None:
    badge = EarnedCredit("b", "badge", "Badge", None, ON, alignments=CRAFT)
    found = worth(small_policy(), LICENCE, badge, on=ON)
    assert (found.amount, found.counts, found.gains, found.rule.id) == (None, 0, (), "v-badge")
    assert found.sentence == "It fits Craft and Any. It would not count now. Ask."


def test_a_prospect_that_is_not_needed_says_so() -> None:
    full = Record(LICENCE, (hours("a", "200", alignments=CRAFT, topics=RYE),))
    found = worth(small_policy(), LICENCE, hours("new", "10", ON), on=ON, record=full)
    assert found.counts == 0
    assert found.sentence == "It would not count now. Everything that it fits is full already."


def test_a_prospect_that_takes_the_place_of_something_says_what_would_be_lost() -> None:
    have = Record(LICENCE, (hours("a", "20"),))
    new = hours("new", "10", ON, alignments=CRAFT)
    found = worth(small_policy(), LICENCE, new, on=ON, record=have, instead_of={"a"})
    assert (found.counts, found.sentence) == (-1, "It would count 1 mark for Craft and 2 marks less for Any.")


def test_a_prospect_after_expiry_is_refused_by_the_window() -> None:
    found = worth(small_policy(), LICENCE, hours("new", "10", date(2027, 7, 1)), on=ON)
    assert (found.counts, found.rule.id) == (0, "w")


def test_a_prospect_for_a_settled_licence_counts_nothing() -> None:
    found = worth(small_policy(), Licence("LIFE", "baker", None, None), hours("new", "10", ON), on=ON)
    assert found.sentence == "It would not count now. Nothing is asked."


def test_a_program_outside_its_days_takes_nothing_from_another_within_them() -> None:
    programs = [
        {"code": "baking", "title": "Baking", "approved": {"before": "2023-01-01"}, **SURE},
        {"code": "brewing", "title": "Brewing", "approved": {"from": "2023-01-01"}, **SURE},
    ]
    needs = {"kind": "program", "among": ["baking", "brewing"]}
    gives = {"kind": "rank", "to": "Master"}
    result = {"id": "rank", "title": "Rank", "gives": gives, "needs": needs, **SURE}
    policy = policy_from_document(document(programs=programs, results=[result]))

    def finding(*credits: EarnedCredit) -> Finding:
        (answer,) = ledger(policy, Record(LICENCE, credits), on=ON).answers.results
        return answer.finding

    too_late, in_time = hours("a", "1", item="baking"), hours("b", "1", item="brewing")
    assert finding(too_late, in_time).credit_ids == ("b",)
    assert (finding(too_late).met, "was not approved" in finding(too_late).says) == (False, True)
