"""What other floors read of awards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from longleaf.awards import queries, revoking
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.queries import LedgerAward
from longleaf.awards.tests.conftest import MakeAward
from longleaf.directory.models import Person


def test_a_ledger_gets_plain_values(award: Award, educator: Person) -> None:
    assert queries.awards_for_ledger(educator) == (
        LedgerAward(
            uuid=award.uuid,
            title="Feedback that moves learning (synthetic)",
            version_id=award.version_id,
            micro_credential_id=award.version.micro_credential_id,
            earned_on=date(2026, 3, 4),
            effort_hours=Decimal("10.0"),
            alignments=("MTS-2",),
            topics=("feedback",),
            revoked=False,
            micro_credential=award.version.micro_credential.slug,
            issuer=award.version.micro_credential.issuer.code,
            issuer_kind=award.version.micro_credential.issuer.kind,
            language="en",
            stacks=(),
            award_id=award.pk,
            occasion=award.occasion,
            level="demonstrated",
        ),
    )


def test_days_are_those_of_the_state_and_both_ends_count(
    key: IssuingKey, make_award: MakeAward, educator: Person
) -> None:
    # In New York this is still the evening of June 30.
    late = make_award("attempt:late", earned_at=datetime(2026, 7, 1, 3, 59, tzinfo=UTC))
    next_day = make_award("attempt:next", earned_at=datetime(2026, 7, 1, 4, 0, tzinfo=UTC))

    def earned(**days: date) -> list[Any]:
        return [row.uuid for row in queries.awards_for_ledger(educator, **days)]

    june_30, july_1 = date(2026, 6, 30), date(2026, 7, 1)
    assert earned(since=june_30, until=june_30) == [late.uuid]
    assert earned(since=july_1) == [next_day.uuid]
    assert earned(until=july_1) == [late.uuid, next_day.uuid]
    assert earned(until=date(2026, 6, 29)) == []


def test_what_waits_counts_and_what_was_revoked_says_so(
    award: Award, make_award: MakeAward, educator: Person, issuing_officer: Person
) -> None:
    revoking.revoke(award=award, reason="A mistake.", acting_person=issuing_officer)
    IssuingKey.objects.update(status="retired")
    make_award("attempt:waiting")
    assert [row.revoked for row in queries.awards_for_ledger(educator)] == [True, False]


def test_it_costs_the_same_for_many(
    key: IssuingKey, make_award: MakeAward, educator: Person, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        make_award(f"attempt:{number}")
    with django_assert_num_queries(7):
        assert len(queries.awards_for_ledger(educator)) == 4


def test_other_people_s_awards_are_no_part_of_it(award: Award, other_educator: Person) -> None:
    assert queries.awards_for_ledger(other_educator) == ()


def test_an_award_is_found_by_its_occasion(award: Award) -> None:
    assert queries.award_on_occasion("attempt:ATT-1") == award
    assert queries.award_on_occasion("attempt:ATT-2") is None
