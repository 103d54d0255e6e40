"""What is alike is flagged to a lead assessor, once, and changes nothing."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.assessment import completeness, tasks
from longleaf.assessment.errors import FindingMissing, NoSuchFlag
from longleaf.assessment.models import CopyFlag, Print, Submission
from longleaf.assessment.privacy import comparing, flags
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.privacy.factories import word_document
from longleaf.assessment.tests.privacy.test_likeness import drawing, edited, saved, written
from longleaf.directory import enrolling
from longleaf.directory.models import Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def roomy(state, issuer, items):
    """A version that takes longer texts, pictures and office files."""
    document = cast.make_document("roomy-work", title="Roomy Work")
    asked = [{**each, "words": each["words"] and {"min": 5, "max": 900}} for each in document["requirements"]]
    asked[1] = {**asked[1], "files": {"kinds": ["pdf", "image", "office"], "most": 5, "megabytes": 5}}
    return cast.publish(state, issuer, {**document, "requirements": asked}, [items["MTS-2"]])


@pytest.fixture
def people(district, educator, other_educator):
    third = cast.make_person("Thea Third", (district, Role.EDUCATOR))
    return educator, other_educator, third


def handed_in(version, person, text="", files=None):
    attempt = earner_cast.filled(version, person)
    if text:
        earner_cast.save(attempt, "R1", text)
    for name, content in (files or {}).items():
        earner_cast.uploaded(attempt, name, content)
    earner_cast.submit(attempt)
    return current_submission(attempt)


def compare():
    tasks.read_arrived_files()
    done = 0
    while found := tasks.compare_handed_in():
        done += found
    return done


def told():
    return [(each.kind, each.place, each.other_place, each.percent) for each in CopyFlag.objects.order_by("place")]


def test_a_copied_text_is_flagged_between_the_two_and_the_journal_names_nobody(roomy, people):
    first = handed_in(roomy, people[0], written(1))
    second = handed_in(roomy, people[1], edited(written(1), 7, 0.02))
    handed_in(roomy, people[2], written(3))
    assert compare() == 3
    flag = CopyFlag.objects.get()
    assert (flag.submission, flag.other, flag.kind, flag.place) == (second, first, "text", "R1")
    assert 60 < flag.percent < 100
    line = JournalLine.objects.get(event="submission:likeness:flagged")
    assert (line.actor_name, line.subject) == ("Longleaf", f"submission:{second.ref}")
    assert line.data == {"flag": flag.ref, "kind": "text", "percent": flag.percent}


def test_the_same_file_is_flagged_once_and_not_also_as_a_like_image(roomy, people):
    picture = saved(drawing(4)).getvalue()
    for person in people[:2]:
        handed_in(roomy, person, files={"a.png": picture})
    compare()
    assert told() == [("file", "R2-2", "R2-2", 100)]


def test_a_like_image_and_a_like_document_are_flagged(roomy, people):
    handed_in(roomy, people[0], files={"a.png": saved(drawing(4)).getvalue(), "a.docx": word_document(written(5))})
    small = saved(drawing(4).resize((200, 150)), "JPEG", quality=70).getvalue()
    handed_in(roomy, people[1], files={"b.docx": word_document(edited(written(5), 7, 0.02)), "b.jpg": small})
    compare()
    assert [(kind, place, other) for kind, place, other, _ in told()] == [
        ("text", "R2-2", "R2-3"),
        ("image", "R2-3", "R2-2"),
    ]


def test_the_same_persons_earlier_work_is_never_flagged(roomy, people):
    submission = handed_in(roomy, people[0], written(1))
    earner_cast.decide(submission.attempt, met=[])
    from longleaf.assessment import retrying

    attempt = submission.attempt
    attempt.refresh_from_db()
    retrying.open_round(attempt=attempt, acting_person=people[0])
    attempt.refresh_from_db()
    earner_cast.submit(attempt)
    assert compare() == 2
    assert told() == []


def test_a_file_that_one_earner_uses_for_two_micro_credentials_is_flagged_as_that(
    roomy, state, issuer, items, people, lead_assessor, client_of
):
    document = cast.make_document("other-work", title="Other Work")
    asked = [{**each, "words": each["words"] and {"min": 5, "max": 900}} for each in document["requirements"]]
    asked[1] = {**asked[1], "files": {"kinds": ["image"], "most": 5, "megabytes": 5}}
    other = cast.publish(state, issuer, {**document, "requirements": asked}, [items["MTS-2"]])
    picture = saved(drawing(4)).getvalue()
    first = handed_in(roomy, people[0], written(1), {"a.png": picture})
    second = handed_in(other, people[0], written(1), {"b.png": picture})
    compare()
    # Not the text, which is theirs, and nothing that tells whose it is.
    assert told() == [("used_twice", "R2-2", "R2-2", 100)]
    flag = CopyFlag.objects.get()
    assert (flag.submission, flag.other) == (second, first)
    page = client_of(lead_assessor).get(f"/assess/flags/{flag.ref}/").content.decode()
    assert "One earner handed the same file in for two micro-credentials" in page
    assert people[0].name not in page
    with pytest.raises(FindingMissing):
        flags.look_at(flag=flag, finding="coincidence", note="", acting_person=lead_assessor)
    assert flags.look_at(flag=flag, finding="serves_both", note="", acting_person=lead_assessor).found_at
    assert "It may serve for both" in client_of(lead_assessor).get("/assess/flags/?done").content.decode()


def test_a_template_that_many_share_does_not_hide_a_copy(roomy, people, district, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_CANDIDATES", 20)
    many = [cast.make_person(f"Teacher {number}", (district, Role.EDUCATOR)) for number in range(30)]
    for number, person in enumerate(many):
        handed_in(roomy, person, edited(written(1), number, 0.02))
    copied = saved(drawing(4)).getvalue()
    handed_in(roomy, people[0], edited(written(1), 40, 0.02), {"a.png": copied})
    compare()
    late = handed_in(roomy, people[1], edited(written(1), 41, 0.02), {"b.png": copied})
    compare()
    assert ("file", 100) in CopyFlag.objects.filter(submission=late).values_list("kind", "percent")


def test_a_round_that_is_handed_in_again_is_compared_again_and_flagged_once(roomy, people, lead_assessor):
    handed_in(roomy, people[0], written(1))
    second = handed_in(roomy, people[1], written(1))
    assert compare() == 2
    completeness.check(submission=second, missing=["R1.1"], note="", acting_person=lead_assessor)
    attempt = second.attempt
    attempt.refresh_from_db()
    earner_cast.submit(attempt)
    assert compare() == 1
    assert len(told()) == 1
    assert Print.objects.filter(submission=second).count() == 1


def test_drafts_are_compared_with_nothing(roomy, people):
    earner_cast.save(earner_cast.filled(roomy, people[0]), "R1", written(1))
    handed_in(roomy, people[1], written(1))
    assert (compare(), told()) == (1, [])


def test_comparing_costs_the_same_however_much_was_handed_in_before(roomy, people, district):
    def cost(person):
        handed_in(roomy, person, written(random.Random(person.pk).randrange(10**9)))
        with CaptureQueriesContext(connection) as asked:
            assert tasks.compare_handed_in() == 1
        return len([each for each in asked if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    before = cost(people[0])
    more = [cast.make_person(f"More {name}", (district, Role.EDUCATOR)) for name in ("Ann", "Bea", "Cid", "Dot")]
    assert {cost(person) for person in [*people[1:], *more]} == {before}


@pytest.fixture
def flag(roomy, people):
    handed_in(roomy, people[0], written(1))
    handed_in(roomy, people[1], written(1))
    compare()
    return CopyFlag.objects.get()


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("lead_assessor", True),
        ("first_assessor", False),
        ("second_assessor", False),
        ("educator", False),
        ("other_educator", False),
        ("designer", False),
        ("issuing_officer", False),
        ("psu_officer", False),
        ("state_officer", False),
        ("stranger", False),
    ],
)
def test_only_a_lead_assessor_of_the_issuer_sees_a_flag(flag, who, sees, request, client_of):
    person = request.getfixturevalue(who)
    assert flags.may_look_at(person, flag) == sees
    assert client_of(person).get(f"/assess/flags/{flag.ref}/").status_code == (200 if sees else 404)
    listed = client_of(person).get("/assess/flags/")
    assert (listed.status_code == 200 and flag.ref in listed.content.decode()) == sees
    if not sees:
        with pytest.raises(NoSuchFlag):
            flags.look_at(flag=flag, finding="coincidence", note="", acting_person=person)


def test_whoever_is_not_signed_in_is_asked_to(flag, client_of):
    assert {client_of(None).get(f"/assess/flags/{place}").status_code for place in ("", f"{flag.ref}/")} == {302}


def test_a_lead_who_reads_one_of_the_two_or_earned_it_does_not_see_it(
    flag, issuer, lead_assessor, first_assessor, second_assessor, third_assessor
):
    completeness.check(submission=flag.submission, missing=[], note="", acting_person=lead_assessor)
    seats = Submission.objects.get(pk=flag.submission_id).panel.assignments.all()
    reader = Person.objects.get(pk=seats[0].rater_id)
    for person in (reader, Person.objects.get(pk=flag.other.attempt.earner_id)):
        enrolling.give_role(person=person, organisation=issuer, role=Role.LEAD_ASSESSOR, acting_person=None)
        assert not flags.may_look_at(person, flag)
    assert flags.may_look_at(lead_assessor, flag)


def test_what_is_found_stands_beside_the_flag_and_changes_nothing_else(flag, lead_assessor):
    before = (flag.submission.attempt.status, flag.submission.outcome)
    flags.look_at(flag=flag, finding="shared", note="A plan of a team.", acting_person=lead_assessor)
    flags.look_at(flag=flag, finding="shared", note="A plan of a team.", acting_person=lead_assessor)
    kept = CopyFlag.objects.select_related("submission__attempt").get()
    assert (kept.finding, kept.note, kept.found_by) == ("shared", "A plan of a team.", lead_assessor)
    assert (kept.submission.attempt.status, kept.submission.outcome) == before
    assert JournalLine.objects.filter(event="submission:likeness:looked-at").count() == 1


@pytest.mark.parametrize(("finding", "note"), [("", ""), ("guilty", ""), ("look_into", " "), ("shared", "x" * 1001)])
def test_a_finding_that_says_too_little_is_refused_and_nothing_typed_is_lost(
    flag, lead_assessor, client_of, finding, note
):
    with pytest.raises(FindingMissing):
        flags.look_at(flag=flag, finding=finding, note=note, acting_person=lead_assessor)
    answer = client_of(lead_assessor).post(f"/assess/flags/{flag.ref}/", {"finding": finding, "note": note + "typed"})
    if not note.strip() and finding == "look_into":
        assert answer.status_code == 302
    else:
        assert answer.status_code == 422
        assert "typed" in answer.content.decode()


def test_the_pages_tell_no_name_and_no_reader_or_earner_learns_of_a_flag(flag, lead_assessor, client_of):
    lead = client_of(lead_assessor)
    shown = lead.get("/assess/flags/").content + lead.get(f"/assess/flags/{flag.ref}/").content
    text = shown.decode()
    assert flag.submission.ref in text
    assert flag.other.ref in text
    for side in (flag.submission, flag.other):
        earner = side.attempt.earner
        assert not any(
            word in text for word in (earner.name, *earner.name.split(), earner.email, "Rivertown", side.attempt.ref)
        )
        own = client_of(earner)
        told = own.get(f"/work/{side.attempt.ref}/").content + own.get(f"/work/{side.attempt.ref}/history/").content
        assert flag.ref not in told.decode()
        assert "ikeness" not in told.decode()


def test_files_of_both_sides_are_handed_out_under_neutral_names(roomy, people, lead_assessor, stranger, client_of):
    picture = saved(drawing(4)).getvalue()
    for person in people[:2]:
        handed_in(roomy, person, files={"Erin Earner.png": picture})
    compare()
    flag = CopyFlag.objects.get()
    for side in ("this", "other"):
        answer = client_of(lead_assessor).get(f"/assess/flags/{flag.ref}/files/{side}/")
        assert (answer.status_code, answer["Content-Disposition"]) == (200, 'inline; filename="R2-2.png"')
        assert client_of(stranger).get(f"/assess/flags/{flag.ref}/files/{side}/").status_code == 404


def test_the_list_asks_the_same_of_the_database_for_one_and_for_three(
    flag, roomy, people, lead_assessor, client_of, district
):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client_of(lead_assessor).get("/assess/flags/")
        return len(asked)

    cost()
    before = cost()
    for name in ("Ann", "Bea"):
        handed_in(roomy, cast.make_person(f"More {name}", (district, Role.EDUCATOR)), written(1))
    compare()
    assert CopyFlag.objects.count() > 2
    assert cost() == before
