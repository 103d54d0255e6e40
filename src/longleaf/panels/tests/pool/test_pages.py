"""The pages of a pool: who gets them, what they keep, and what a lead must not learn from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels.models import Absence, DeclaredConflict, Panel, PoolMember
from longleaf.panels.pool import telling
from longleaf.panels.tests.factories import convene
from tests import cast

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person | None], Client]
PROFILE = {"at_a_time": "3", "a_month": "9", "languages": "English, Spanish", "qualifications": ["topics:literacy"]}


@pytest.fixture
def panel(issuer: Organisation, first_assessor: Person, educator: Person) -> Panel:
    """Short of one reader."""
    return convene(issuer, work_of=[educator])


def lead_pages(issuer: Organisation, panel: Panel, person: Person) -> list[str]:
    return [
        reverse("pool:members", kwargs={"slug": issuer.slug}),
        reverse("pool:member", kwargs={"slug": issuer.slug, "ref": person.ref}),
        reverse("pool:panel", kwargs={"slug": issuer.slug, "ref": panel.ref}),
    ]


PEOPLE = {
    # Who: their own page, the choice of pools, the pages of the pool.
    "nobody": (302, 302, 302),
    "stranger": (404, 404, 404),
    "educator": (404, 404, 404),
    "designer": (404, 404, 404),
    "state_officer": (404, 404, 404),
    "first_assessor": (200, 404, 404),
    "lead_elsewhere": (200, 302, 404),
    "lead_assessor": (200, 302, 200),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_which_page(
    who: str,
    issuer: Organisation,
    panel: Panel,
    first_assessor: Person,
    client_as: Callable[[str], Client],
) -> None:
    client = client_as(who)
    own, choice, pages = PEOPLE[who]
    assert client.get(reverse("pool:mine")).status_code == own
    assert client.get(reverse("pool:lead")).status_code == choice
    assert [client.get(page).status_code for page in lead_pages(issuer, panel, first_assessor)] == [pages] * 3


@pytest.mark.parametrize("who", ["stranger", "educator", "designer", "lead_assessor"])
def test_whoever_reads_for_nobody_changes_nothing(
    who: str, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    for name in ("tell", "enter_absence", "remove_absence", "declare_conflict", "withdraw_conflict", "answer"):
        assert client.post(reverse(f"pool:{name}"), {"key": "1"}).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "first_assessor", "state_officer"])
def test_only_the_lead_invites_and_pauses(
    who: str, issuer: Organisation, first_assessor: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    kwargs = {"slug": issuer.slug, "ref": first_assessor.ref}
    assert client.post(reverse("pool:set_status", kwargs=kwargs), {"action": "pause"}).status_code == 404
    invited = client.post(reverse("pool:members", kwargs={"slug": issuer.slug}), {"address": first_assessor.email})
    assert invited.status_code == 404
    assert PoolMember.objects.get(assessor=first_assessor.pk).status == "active"


def test_an_assessor_tells_what_they_read(first_assessor: Person, client_of: ClientOf) -> None:
    client = client_of(first_assessor)
    assert client.post(reverse("pool:tell"), PROFILE).status_code == 302
    assessor = first_assessor.assessor
    assessor.refresh_from_db()
    assert (assessor.at_a_time, assessor.a_month) == (3, 9)
    assert [each.code for each in assessor.languages.order_by("code")] == ["en", "es"]
    page = client.get(reverse("pool:mine")).content.decode()
    assert "English, Spanish" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"languages": "English, Klingon"}, "We do not know the language “Klingon”"),
        ({"at_a_time": "500"}, "Give a number from 1 to 100"),
        ({"at_a_time": "many"}, "Give a whole number"),
        ({"qualifications": ["topics:juggling"]}, "cannot be chosen any more"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_typed_is_lost(
    first_assessor: Person, client_of: ClientOf, changes: dict[str, object], sentence: str
) -> None:
    answer = client_of(first_assessor).post(reverse("pool:tell"), {**PROFILE, "a_month": "17", **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="17"' in page
    assert str(changes.get("languages", "English, Spanish")) in page


def test_absences_are_entered_and_taken_away(first_assessor: Person, client_of: ClientOf) -> None:
    client, today = client_of(first_assessor), timezone.localdate()
    days = {"begins": today.isoformat(), "ends": (today + timedelta(days=9)).isoformat()}
    assert client.post(reverse("pool:enter_absence"), days).status_code == 302
    absence = Absence.objects.get(assessor=first_assessor.pk)
    assert client.post(reverse("pool:remove_absence"), {"key": absence.pk}).status_code == 302
    assert not Absence.objects.exists()
    wrong = client.post(reverse("pool:enter_absence"), {**days, "ends": "2020-01-01"})
    assert (wrong.status_code, "before the first" in wrong.content.decode()) == (422, True)


def test_conflicts_are_declared_and_taken_back(
    first_assessor: Person, district: Organisation, client_of: ClientOf
) -> None:
    client = client_of(first_assessor)
    for given in ({"address": "friend@example.test"}, {"organisation": district.slug}):
        posted = client.post(reverse("pool:declare_conflict"), {**given, "reason": "A friend works there."})
        assert posted.status_code == 302
    page = client.get(reverse("pool:mine")).content.decode()
    assert "friend@example.test" in page
    for conflict in DeclaredConflict.objects.all():
        client.post(reverse("pool:withdraw_conflict"), {"key": conflict.pk})
    assert not DeclaredConflict.objects.exists()


def test_whether_somebody_is_enrolled_is_not_told(
    first_assessor: Person, educator: Person, client_of: ClientOf
) -> None:
    client = client_of(first_assessor)
    answers = [
        client.post(reverse("pool:declare_conflict"), {"address": address, "reason": "A friend."}, follow=True)
        for address in (educator.email, "nobody@example.test")
    ]
    pages = [
        answer.content.decode().replace(educator.email, "X").replace("nobody@example.test", "X") for answer in answers
    ]
    assert educator.name not in pages[0]
    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_lead_invites_and_the_invited_accepts(
    issuer: Organisation, lead_assessor: Person, stranger: Person, client_of: ClientOf
) -> None:
    members = reverse("pool:members", kwargs={"slug": issuer.slug})
    lead = client_of(lead_assessor)
    assert lead.post(members, {"address": "nobody@example.test"}).status_code == 422
    assert lead.post(members, {"address": stranger.email}).status_code == 302
    client = client_of(stranger)
    page = client.get(reverse("pool:mine")).content.decode()
    assert f"You are invited to read for {issuer.name}." in page
    key = PoolMember.objects.get(assessor=stranger.pk).pk
    assert client.post(reverse("pool:answer"), {"key": key, "answer": "accept"}).status_code == 302
    assert PoolMember.objects.get(pk=key).status == "active"
    client.post(reverse("pool:answer"), {"key": key, "answer": "leave"})
    assert PoolMember.objects.get(pk=key).status == "left"


def test_a_lead_pauses_and_ends_the_pause(
    issuer: Organisation, lead_assessor: Person, first_assessor: Person, client_of: ClientOf
) -> None:
    address = reverse("pool:set_status", kwargs={"slug": issuer.slug, "ref": first_assessor.ref})
    client, found = client_of(lead_assessor), []
    for action in ("pause", "resume", "resume"):
        answer = client.post(address, {"action": action}).status_code
        found.append((answer, PoolMember.objects.get(assessor=first_assessor.pk).status))
    assert found == [(302, "paused"), (302, "active"), (409, "active")]


def test_only_the_lead_reads_why_somebody_declared_a_conflict(
    issuer: Organisation, lead_assessor: Person, first_assessor: Person, client_of: ClientOf
) -> None:
    telling.declare_conflict(address="friend@example.test", reason="My brother.", acting_person=first_assessor)
    page = reverse("pool:member", kwargs={"slug": issuer.slug, "ref": first_assessor.ref})
    assert "My brother." in client_of(lead_assessor).get(page).content.decode()


def test_who_is_kept_out_by_where_the_author_works_is_told_in_numbers_only(
    issuer: Organisation,
    district: Organisation,
    panel: Panel,
    lead_assessor: Person,
    educator: Person,
    client_of: ClientOf,
) -> None:
    near = cast.make_person("Nearby Neighbor", (issuer, Role.ASSESSOR), (district, Role.EDUCATOR))
    friend = cast.make_person("Friendly Friend", (issuer, Role.ASSESSOR))
    telling.declare_conflict(address=educator.email, reason="My sister.", acting_person=friend)
    away = cast.make_person("Absent Assessor", (issuer, Role.ASSESSOR))
    telling.enter_absence(begins=timezone.localdate(), ends=timezone.localdate(), acting_person=away)
    page = reverse("pool:panel", kwargs={"slug": issuer.slug, "ref": panel.ref})
    shown = client_of(lead_assessor).get(page).content.decode()
    assert "Absent Assessor" in shown
    free = cast.make_person("Frida Free", (issuer, Role.ASSESSOR))
    shown = client_of(lead_assessor).get(page).content.decode()
    # Whoever may be asked is not named either, or the two would be known by what is left over.
    for private in (near.name, friend.name, free.name, educator.name, educator.ref, district.name):
        assert private not in shown
    assert shown.count("A conflict of interest, declared or found by rule.") == 1
    assert shown.count("Not told") == 1


def test_a_lead_is_told_nothing_of_who_reads_their_own_work(
    issuer: Organisation, first_assessor: Person, lead_assessor: Person, client_of: ClientOf
) -> None:
    own = convene(issuer, work_of=[lead_assessor])
    client = client_of(lead_assessor)
    page = client.get(reverse("pool:panel", kwargs={"slug": issuer.slug, "ref": own.ref}))
    assert page.status_code == 404
    listed = client.get(reverse("pool:members", kwargs={"slug": issuer.slug})).content.decode()
    assert own.subject not in listed


@pytest.mark.parametrize("page", ["members", "panel"])
def test_the_number_of_questions_does_not_grow_with_the_pool(
    issuer: Organisation, panel: Panel, lead_assessor: Person, client_of: ClientOf, page: str
) -> None:
    client = client_of(lead_assessor)
    kwargs = {"slug": issuer.slug} | ({"ref": panel.ref} if page == "panel" else {})
    address = reverse(f"pool:{page}", kwargs=kwargs)
    client.get(address)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    one = questions()
    for number in range(4):
        person = cast.make_person(f"Newly Come {number}", (issuer, Role.ASSESSOR))
        telling.tell(at_a_time=3, a_month=9, languages=["en"], qualifications=["topics:literacy"], acting_person=person)
        telling.enter_absence(begins=timezone.localdate(), ends=timezone.localdate(), acting_person=person)
    client.get(address)
    assert questions() == one


def test_the_number_of_questions_of_ones_own_page_does_not_grow(
    issuer: Organisation, agency: Organisation, first_assessor: Person, client_of: ClientOf
) -> None:
    client, address = client_of(first_assessor), reverse("pool:mine")
    counts = []
    for number in range(3):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
        today = timezone.localdate()
        telling.enter_absence(begins=today, ends=today + timedelta(days=number), acting_person=first_assessor)
        telling.declare_conflict(address=f"friend{number}@example.test", reason="Friend.", acting_person=first_assessor)
    assert len(set(counts)) == 1
