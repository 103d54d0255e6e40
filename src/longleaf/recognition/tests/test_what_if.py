"""What a ledger would say if something further were earned, and what a school unit puts before its educators."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.recognition import adopting, ledgers, noting, what_if
from longleaf.recognition.errors import NotYoursToRecord, UnusableAdoption
from longleaf.recognition.events import Event
from longleaf.recognition.models import Licence
from longleaf.recognition.tests.factories import TODAY, badge, license_for, load, worth_each
from tests import cast

PAGE = "/renewal/what-if/"
SLUG = "feedback-that-moves-learning"


@pytest.fixture(autouse=True)
def licence(state: Any, educator: Any, district: Any, psu_officer: Any) -> Any:
    load(state)
    worth_each(district, psu_officer, credits=Decimal(3))
    return license_for(educator, state)


@pytest.fixture
def unaligned(state: Any, issuer: Any) -> Any:
    return cast.publish(state, issuer, cast.make_document("counting-aloud", title="Counting aloud"), [])


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_both_ledgers_stand_beside_each_other(educator, version, unaligned):
    found = what_if.if_earned(educator, [SLUG, "counting-aloud"], words="", on=TODAY)
    changes = {change.title: (change.before, change.after, change.missing) for change in found.comparison.changes}
    assert changes == {"Helping learners grow": (0, 3, 1), "Free choice": (0, 3, 3)}
    assert [each.shares for each in found.comparison.added] == [
        (("Helping learners grow", 3),),
        (("Free choice", 3),),
    ]


def test_what_is_not_needed_is_told_as_surplus(educator, state, issuer, version, items):
    for number in range(3):
        document = cast.make_document(f"aligned-{number}", title=f"Aligned {number}")
        badge(educator, cast.publish(state, issuer, document, [items["MTS-2"]]))
    found = what_if.if_earned(educator, [SLUG], words="", on=TODAY)
    [added] = found.comparison.added
    assert (added.counted, added.surplus) == (1, 2)
    assert found.comparison.after.complete


def test_what_is_held_is_promised_to_nobody_again(client_of, educator, version, unaligned, district, psu_officer):
    badge(educator, version)
    adopting.adopt(
        organisation=district, micro_credential=version.micro_credential, note="", acting_person=psu_officer
    )  # fmt: skip
    found = what_if.if_earned(educator, [SLUG, "counting-aloud"], words="", on=TODAY)
    assert found.chosen == (unaligned,)
    assert found.held == ((version, "You hold this; it counts already."),)
    assert found.comparison.after.total_counted - found.comparison.before.total_counted == 3
    assert version not in [each.version for each in found.offered]
    assert [it.version for it in what_if.if_earned(educator, [], words="feedback", on=TODAY).offered] == [unaligned]
    assert "You hold this; it counts already." in text_of(client_of(educator).get(f"{PAGE}?add={SLUG}"))
    worth = ledgers.worth_to(educator, version, on=TODAY)
    assert (worth.sentence, worth.prospect) == ("You hold this; it counts already.", None)
    assert "You hold this; it counts already." in text_of(client_of(educator).get(f"/catalog/{SLUG}/"))


def test_what_was_held_before_the_cycle_says_why_it_does_not_count(educator, version):
    badge(educator, version, earned_at=datetime(2023, 3, 4, 15, 0, tzinfo=UTC))
    told = ledgers.worth_to(educator, version, on=TODAY).sentence
    assert told.startswith("You hold this already. ")
    assert "cycle" in told


def test_what_has_ended_may_be_earned_anew(educator, state, issuer):
    short = cast.publish(state, issuer, cast.make_document("short", title="Short", expires_after_years=1), [])
    badge(educator, short, earned_at=datetime(2025, 3, 4, 15, 0, tzinfo=UTC))
    assert ledgers.worth_to(educator, short, on=TODAY).prospect is not None


def test_nothing_is_stored_and_the_address_says_it_all(client_of, educator, version):
    lines = JournalLine.objects.count()
    page = text_of(client_of(educator).get(f"{PAGE}?add={SLUG}&add=no-such-thing&on=2026-10-01"))
    for words in ("Feedback that moves learning", "(+3)", "3 for Helping learners grow", "October 1, 2026"):
        assert words in page
    assert JournalLine.objects.count() == lines
    assert "Nothing is chosen yet" in text_of(client_of(educator).get(PAGE))


def test_what_is_adopted_comes_first_then_what_fills_what_is_missing(
    educator, version, unaligned, district, psu_officer
):
    noting.note_what_counts(version=version)
    adopting.adopt(
        organisation=district, micro_credential=unaligned.micro_credential, note="For all of us.",
        acting_person=psu_officer,
    )  # fmt: skip
    found = what_if.if_earned(educator, [], words="", on=TODAY)
    assert [(each.version, each.why) for each in found.offered] == [
        (unaligned, "Adopted by Rivertown Schools. For all of us."),
        (version, "It fits Helping learners grow, where credits are missing."),
    ]
    assert [each.version for each in what_if.if_earned(educator, [SLUG], words="counting", on=TODAY).offered] == [
        unaligned
    ]


def test_without_a_ledger_it_says_why(client_of, stranger, educator, state):
    assert "There is nothing to compare yet" in text_of(client_of(stranger).get(PAGE))
    Licence.objects.filter(person=educator).update(kind="LIFE")
    assert "A license for life stays." in text_of(client_of(educator).get(PAGE))


def test_another_licence_of_theirs_is_weighed_where_the_address_names_it(client_of, educator, state, version):
    later = license_for(educator, state, issued=date(2026, 7, 1), expires=date(2031, 6, 30))
    badge(educator, version)
    client = client_of(educator)
    held = "You hold this already. It was earned before this cycle began on July 1, 2026."
    for path in (f"{PAGE}?add={SLUG}&licence={later.pk}", f"/catalog/{SLUG}/?licence={later.pk}"):
        page = text_of(client.get(path))
        assert held in page
        assert held not in text_of(client.get(path.replace(str(later.pk), "0")))
    assert f'name="licence" value="{later.pk}"' in text_of(client.get(f"{PAGE}?licence={later.pk}"))
    assert f"what-if/?licence={later.pk}" in text_of(client.get(f"/renewal/?licence={later.pk}"))
    stated = client.post(f"/renewal/certificates/?licence={later.pk}", follow=True)
    assert "June 30, 2031" in text_of(stated)


def test_the_unit_of_credit_is_that_of_the_policy(client_of, educator, psu_officer, version, state):
    load(state, unit={"code": "point", "title": "point", "plural": "points"})
    client = client_of(psu_officer)
    client.post("/renewal/adopted/", {"micro_credential": SLUG, "note": ""})
    for path in ("/renewal/adopted/", "/renewal/values/"):
        assert "3 points" in text_of(client.get(path))
    page = text_of(client_of(educator).get(f"/catalog/{SLUG}/"))
    assert "3 points" in page
    assert "3 credits" not in page


def test_it_costs_as_many_queries_for_eight_as_for_one(client_of, educator, state, issuer, version):
    slugs = [SLUG]
    for number in range(7):
        cast.publish(state, issuer, cast.make_document(f"further-{number}", title=f"Further {number}"), [])
        slugs.append(f"further-{number}")
    client, measured = client_of(educator), []
    client.get(PAGE)
    for chosen in (slugs[:1], slugs):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{PAGE}?" + "&".join(f"add={slug}" for slug in chosen))
        measured.append(len(asked))
    # The first has one query more: what is offered is looked up by what is still missing in both.
    assert measured[0] == measured[1]


# --- Adopting --------------------------------------------------------------------------------------------------------


def test_a_list_is_kept_by_the_officer_of_the_unit(client_of, psu_officer, district, version, educator):
    client = client_of(psu_officer)
    response = client.post("/renewal/adopted/", {"micro_credential": SLUG, "note": "It matters here."}, follow=True)
    page = text_of(response)
    assert "It matters here." in page
    assert "3 credits" in page
    assert "Adopted by Rivertown Schools" in text_of(client_of(educator).get(f"/catalog/{SLUG}/"))
    [adoption] = adopting.adopted_for(district)
    client.post(f"/renewal/adopted/{adoption.pk}/end/")
    assert adopting.adopted_for(district) == []
    with pytest.raises(WrongState):
        adopting.let_go(adoption=adoption, acting_person=psu_officer)
    events = JournalLine.objects.filter(subject="organisation:D1").values_list("event", flat=True)
    assert list(events)[-2:] == [Event.ADOPTED, Event.ADOPTION_ENDED]


def test_what_is_wrong_is_told_at_its_field(client_of, psu_officer, district, version):
    client = client_of(psu_officer)
    response = client.post("/renewal/adopted/", {"micro_credential": "nowhere", "note": "Kept & said"})
    assert response.status_code == 422
    assert "Kept & said" in text_of(response)
    with pytest.raises(UnusableAdoption):
        adopting.adopt(
            organisation=district, micro_credential=version.micro_credential, note="x" * 301, acting_person=psu_officer
        )


@pytest.mark.parametrize("who", ["educator", "state_officer", "neighbour"])
def test_nobody_else_adopts(who, request, district, other_district, version):
    person = (
        cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
        if who == "neighbour"
        else request.getfixturevalue(who)
    )
    with pytest.raises(NotYoursToRecord):
        adopting.adopt(organisation=district, micro_credential=version.micro_credential, note="", acting_person=person)
