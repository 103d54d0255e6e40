"""A list is checked row by row, confirmed once, and awarded in the background with a finding that is true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from longleaf.awards import revoking, status_lists, tasks
from longleaf.awards.bulk import awarding as awarding_in_bulk
from longleaf.awards.bulk import checking as bulk_checking
from longleaf.awards.contents import proofs
from longleaf.awards.contents.finding import check_finding
from longleaf.awards.errors import (
    JudgedUnsaid,
    MalformedFinding,
    MayNotAward,
    NothingToAward,
    UnreadableList,
    VersionNotAwarded,
)
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, BulkAward, BulkRow, IssuingKey, StatusList
from longleaf.awards.models.status_list import LIST_LENGTH
from longleaf.awards.status import BulkStatus
from longleaf.awards.tests.conftest import JUDGED, MakeAward
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.engines.openbadges.report import Verdict
from longleaf.journal import verifying as journal
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from tests import cast

HandIn = Callable[..., BulkAward]
DAY = date(2026, 5, 29)


def told(bulk: BulkAward) -> list[tuple[int, str, list[str]]]:
    return [
        (row.number, row.status, [f"{each['column']}: {each['code']}" for each in row.problems])
        for row in bulk.rows.order_by("number")
    ]


def lines(event: str) -> list[JournalLine]:
    return list(JournalLine.objects.filter(event=f"badge:{event}").order_by("number"))


def test_handing_in_awards_nobody(hand_in: HandIn, educator: Person, issuing_officer: Person) -> None:
    bulk = hand_in(f"person\n{educator.email}\n")
    assert (bulk.status, told(bulk)) == (BulkStatus.CHECKED, [(2, "ready", [])])
    assert tasks.award_listed_people() == 0
    assert not Award.objects.exists()
    (line,) = lines("bulk-award:handed-in")
    assert (line.subject, line.actor, line.data["rows"], line.data["ready"]) == (
        f"bulk-award:{bulk.ref}",
        issuing_officer.ref,
        1,
        1,
    )


def test_every_problem_of_every_row_is_named_with_its_column(
    key: IssuingKey,
    hand_in: HandIn,
    make_award: MakeAward,
    educator: Person,
    other_educator: Person,
    stranger: Person,
    psu_officer: Person,
) -> None:
    make_award(earner=other_educator)
    Person.objects.filter(pk=stranger.pk).update(is_active=False)
    tomorrow = timezone.localdate() + timedelta(days=1)
    bulk = hand_in(
        "person,earned_on,name\n"
        f"{educator.email.upper()},5/29/2026,erin  EARNER\n"
        f"{educator.ref},2026-05-28,\n"
        f"{other_educator.email},,\n"
        f"{stranger.email},,\n"
        "nobody@x.example,yesterday,\n"
        f",{tomorrow.isoformat()},Nobody\n"
        f"{psu_officer.email},1900-01-01,Peter Officer,more\n"
    )
    assert told(bulk) == [
        (2, "ready", []),
        (3, "problem", ["person: listed-twice"]),
        (4, "problem", ["person: already-awarded"]),
        (5, "problem", ["person: closed-account"]),
        (6, "problem", ["earned_on: unreadable-day", "person: unknown-person"]),
        (7, "problem", ["earned_on: day-ahead", "person: person-missing"]),
        (8, "problem", [": too-many-cells", "earned_on: unreadable-day", "name: name-differs"]),
    ]
    assert bulk.rows.get(number=2).earned_on == DAY
    assert all(each["sentence"].endswith(".") for row in bulk.rows.all() for each in row.problems)


def test_a_day_is_given_by_the_row_or_for_the_whole_list(
    hand_in: HandIn, educator: Person, other_educator: Person
) -> None:
    given = f"person,earned_on\n{educator.email},2026-05-01\n{other_educator.email},\n"
    assert [row.earned_on for row in hand_in(given).rows.order_by("number")] == [date(2026, 5, 1), DAY]
    assert told(hand_in(given, day=None)) == [(2, "ready", []), (3, "problem", ["earned_on: day-missing"])]


def test_a_badge_that_has_expired_since_is_not_awarded(
    hand_in: HandIn, version: Version, educator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(version.document, "expires_after_years", 3)
    assert told(hand_in(f"person,earned_on\n{educator.email},2020-05-29\n")) == [
        (2, "problem", ["earned_on: expired-since"])
    ]


def test_people_are_found_by_any_verified_address(hand_in: HandIn, educator: Person) -> None:
    EmailAddress.objects.create(user=educator, email="erin@home.example", verified=True)
    assert hand_in("person\nErin@Home.example\n").rows.get().person == educator


def test_who_may_hand_in_and_confirm(
    hand_in: HandIn,
    educator: Person,
    designer: Person,
    state_officer: Person,
    stranger: Person,
    agency: Organisation,
) -> None:
    enrolling.give_role(person=stranger, organisation=agency, role=Role.ISSUER, acting_person=None)
    bulk = hand_in(f"person\n{educator.email}\n")
    for person in (educator, designer, state_officer, stranger):
        with pytest.raises(MayNotAward):
            hand_in(f"person\n{educator.email}\n", acting_person=person)
        with pytest.raises(MayNotAward):
            awarding_in_bulk.confirm(bulk_award=bulk, acting_person=person)
        with pytest.raises(MayNotAward):
            awarding_in_bulk.discard(bulk_award=bulk, acting_person=person)
    assert BulkAward.objects.count() == 1


@pytest.mark.parametrize("judged", ["", "by us", "x" * 601, "A panel \x07 of three read the portfolios."])
def test_how_it_was_judged_must_be_said(hand_in: HandIn, educator: Person, judged: str) -> None:
    with pytest.raises(JudgedUnsaid):
        hand_in(f"person\n{educator.email}\n", judged=judged)
    assert not BulkAward.objects.exists()


def test_a_draft_and_an_unreadable_list_are_refused(hand_in: HandIn, version: Version, educator: Person) -> None:
    with pytest.raises(UnreadableList):
        hand_in("nothing")
    version.status = "draft"
    with pytest.raises(VersionNotAwarded):
        hand_in(f"person\n{educator.email}\n")
    assert not BulkAward.objects.exists()


def test_confirming_awards_in_the_background_and_the_badges_verify(
    key: IssuingKey, confirmed: Callable[[str], BulkAward], educator: Person, other_educator: Person
) -> None:
    bulk = confirmed(f"person\n{educator.email}\nnobody@x.example\n{other_educator.email}\n")
    assert not Award.objects.exists()
    assert tasks.award_listed_people() == 2
    bulk.refresh_from_db()
    assert bulk.status == BulkStatus.DONE
    assert bulk.finished_at is not None
    assert [row.status for row in bulk.rows.order_by("number")] == ["awarded", "problem", "awarded"]
    for award in Award.objects.select_related("status_list"):
        assert award.earned_at == datetime(2026, 5, 29, 4, tzinfo=UTC)
        assert verifying.verify_award(award).verdict is Verdict.VALID
    assert journal.verify().first_break is None
    assert [line.data for line in lines("bulk-award:finished")] == [{"awarded": 2, "left_out": 0}]


def test_each_badge_has_its_own_line_by_whoever_confirmed(
    key: IssuingKey, confirmed: Callable[[str], BulkAward], educator: Person, issuing_officer: Person
) -> None:
    confirmed(f"person\n{educator.email}\n")
    tasks.award_listed_people()
    (line,), award = lines("award:issued"), Award.objects.get()
    assert (line.subject, line.actor) == (f"award:{award.uuid}", issuing_officer.ref)
    assert line.data == {
        "occasion": f"bulk:{award.version.uuid}:{educator.ref}:2026-05-29",
        "earner": educator.ref,
        "version": str(award.version.uuid),
        "key": f"did:web:testserver:issuers:prairie-institute#{key.public_multibase}",
        "proof": proofs.digest(award.credential or {}),
        "issuer": "prairie-institute",
    }


def test_what_was_judged_elsewhere_is_told_so_and_never_as_read_blind(
    key: IssuingKey, confirmed: Callable[[str], BulkAward], educator: Person, client: Any
) -> None:
    confirmed(f"person\n{educator.email}\n")
    tasks.award_listed_people()
    award = Award.objects.get()
    subject = (award.credential or {})["credentialSubject"]
    assert subject["narrative"].startswith(f"The issuer judged the work elsewhere and says how: “{JUDGED}”")
    assert "result" not in subject
    assert "without knowing whose work it was" not in str(award.credential)
    page = " ".join(client.get(f"/badges/{award.uuid}/").content.decode().split())
    assert JUDGED in page
    assert "Elsewhere, by the issuer" in page
    assert "they did not see whose work it was" not in page
    assert "assessors judged the evidence" not in page


@pytest.mark.parametrize(
    "finding",
    [
        {"elsewhere": ""},
        {"elsewhere": True},
        {"elsewhere": JUDGED, "readers": 2},
        {"elsewhere": JUDGED, "blind": True},
        {"elsewhere": JUDGED, "criteria": [{"code": "A", "met": True}]},
    ],
)
def test_a_finding_judged_elsewhere_cannot_claim_more(version: Version, finding: dict[str, Any]) -> None:
    with pytest.raises(MalformedFinding):
        check_finding(finding, version=version)


def test_confirming_twice_confirms_once(hand_in: HandIn, educator: Person, issuing_officer: Person) -> None:
    bulk = hand_in(f"person\n{educator.email}\n")
    moments = {awarding_in_bulk.confirm(bulk_award=bulk, acting_person=issuing_officer).confirmed_at for _ in range(2)}
    assert len(moments) == 1
    assert len(lines("bulk-award:confirmed")) == 1


def test_the_same_list_handed_in_twice_and_confirmed_twice_awards_once(
    key: IssuingKey, hand_in: HandIn, educator: Person, issuing_officer: Person
) -> None:
    lists = [hand_in(f"person\n{educator.email}\n") for _ in range(2)]
    for bulk in lists:
        awarding_in_bulk.confirm(bulk_award=bulk, acting_person=issuing_officer)
    assert tasks.award_listed_people() == 1
    assert tasks.award_listed_people() == 0
    assert Award.objects.count() == 1
    assert [told(bulk) for bulk in lists] == [
        [(2, "awarded", [])],
        [(2, "skipped", ["person: already-awarded"])],
    ]
    assert {bulk.status for bulk in BulkAward.objects.all()} == {BulkStatus.DONE}


def test_a_list_tells_what_another_list_is_awarding_now(
    confirmed: Callable[[str], BulkAward], hand_in: HandIn, educator: Person
) -> None:
    confirmed(f"person\n{educator.email}\n")
    assert told(hand_in(f"person\n{educator.email}\n")) == [(2, "problem", ["person: being-awarded"])]


def test_who_holds_another_micro_credential_is_awarded_all_the_same(
    key: IssuingKey, make_award: MakeAward, hand_in: HandIn, state: State, issuer: Organisation, educator: Person
) -> None:
    make_award(version=cast.publish(state, issuer, cast.make_document("another-practice")))
    assert told(hand_in(f"person\n{educator.email}\n")) == [(2, "ready", [])]
    make_award("attempt:ATT-2")
    assert told(hand_in(f"person\n{educator.email}\n")) == [(2, "problem", ["person: already-awarded"])]


def test_what_was_revoked_needs_another_day(
    key: IssuingKey, confirmed: Callable[[str], BulkAward], hand_in: HandIn, educator: Person, issuing_officer: Person
) -> None:
    confirmed(f"person\n{educator.email}\n")
    tasks.award_listed_people()
    revoking.revoke(award=Award.objects.get(), reason="Another person was meant.", acting_person=issuing_officer)
    assert told(hand_in(f"person\n{educator.email}\n")) == [(2, "problem", ["earned_on: revoked-for-that-day"])]
    assert told(hand_in(f"person\n{educator.email}\n", day=date(2026, 5, 30))) == [(2, "ready", [])]


def test_without_a_key_rows_wait_and_do_not_hold_up_others(
    confirmed: Callable[[str], BulkAward], educator: Person, issuer: Organisation
) -> None:
    bulk = confirmed(f"person\n{educator.email}\n")
    assert tasks.award_listed_people() == 0
    assert bulk.rows.get().claim is None
    signing_keys.create_key(organisation=issuer, acting_person=None)
    assert tasks.award_listed_people() == 1


def test_one_that_cannot_be_signed_does_not_hold_up_the_rest(
    key: IssuingKey, confirmed: Callable[[str], BulkAward], educator: Person, other_educator: Person
) -> None:
    Person.objects.filter(pk=educator.pk).update(name="Erin \x7f Earner")
    bulk = confirmed(f"person\n{educator.email}\n{other_educator.email}\n")
    assert tasks.award_listed_people() == 1
    assert told(bulk) == [(2, "skipped", [": cannot-be-signed"]), (3, "awarded", [])]


def test_a_list_without_a_ready_row_is_not_confirmed(hand_in: HandIn, issuing_officer: Person) -> None:
    with pytest.raises(NothingToAward):
        awarding_in_bulk.confirm(bulk_award=hand_in("person\nnobody\n"), acting_person=issuing_officer)


def test_a_discarded_list_forgets_whom_it_named_and_is_not_confirmed(
    hand_in: HandIn, educator: Person, issuing_officer: Person
) -> None:
    bulk = hand_in(f"person\n{educator.email}\n")
    for _ in range(2):
        awarding_in_bulk.discard(bulk_award=bulk, acting_person=issuing_officer)
    assert not BulkRow.objects.exists()
    assert len(lines("bulk-award:discarded")) == 1
    with pytest.raises(WrongState):
        awarding_in_bulk.confirm(bulk_award=bulk, acting_person=issuing_officer)


def test_a_confirmed_list_is_not_discarded(
    confirmed: Callable[[str], BulkAward], educator: Person, issuing_officer: Person
) -> None:
    with pytest.raises(WrongState):
        awarding_in_bulk.discard(bulk_award=confirmed(f"person\n{educator.email}\n"), acting_person=issuing_officer)


def test_a_long_list_asks_the_database_no_more_often_for_each_row(
    key: IssuingKey,
    confirmed: Callable[[str], BulkAward],
    other_district: Organisation,
    django_assert_num_queries: Any,
) -> None:
    people = [cast.make_person(f"Person Number {number}") for number in range(9)]
    confirmed(f"person\n{people.pop().email}\n")
    assert tasks.award_listed_people() == 1
    confirmed("person\n" + "".join(f"{person.email}\n" for person in people[:2]))
    with django_assert_num_queries(60, exact=False) as first:
        assert tasks.award_listed_people() == 2
    confirmed("person\n" + "".join(f"{person.email}\n" for person in people[2:]))
    with django_assert_num_queries(len(first.captured_queries)):
        assert tasks.award_listed_people() == 6
    assert StatusList.objects.get().next_slot == 9


def test_places_given_out_together_go_over_into_a_new_list(key: IssuingKey, issuer: Organisation) -> None:
    full = StatusList.objects.create(organisation=issuer, next_slot=LIST_LENGTH - 2)
    with transaction.atomic():
        places = status_lists.allot_many(organisation=issuer, count=5)
    assert [place.status_list == full for place in places] == [True, True, False, False, False]
    assert len({(place.status_list.pk, place.index) for place in places}) == 5
    assert sorted(StatusList.objects.values_list("next_slot", flat=True)) == [3, LIST_LENGTH]


def test_an_occasion_fits_its_column(version: Version, educator: Person) -> None:
    longest = Award._meta.get_field("occasion").max_length
    assert len(bulk_checking.occasion_of(version, educator, DAY)) <= (longest or 0)


def test_somebody_may_earn_it_again_after_it_was_revoked_by_their_own_work(
    key: IssuingKey, make_award: MakeAward, issuing_officer: Person, hand_in: HandIn, educator: Person
) -> None:
    revoking.revoke(award=make_award(), reason="Another person was meant.", acting_person=issuing_officer)
    assert told(hand_in(f"person\n{educator.email}\n")) == [(2, "ready", [])]
