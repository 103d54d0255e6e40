"""Bringing a badge: each well-known shape is read, verified, told whose it is, and kept once."""

from __future__ import annotations

import hashlib
import json

import pytest

from longleaf.awards.verification import visiting
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.portability import bringing, sending, verifying_again
from longleaf.recognition.portability.errors import (
    BroughtBefore,
    DoesNotStand,
    NoSuchImport,
    NotYoursToBring,
    UnusableBadge,
)
from longleaf.recognition.portability.status import GivenTo, ImportStatus
from longleaf.recognition.tests.portability import shapes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "standard", "verdict", "title"),
    [
        (shapes.credly_like, "Open Badges 2.0", "valid", "Coaching Colleagues with Feedback"),
        (shapes.canvas_like, "Open Badges 2.0", "valid", "Coaching Colleagues with Feedback"),
        (shapes.moodle_like, "Open Badges 2.0", "valid", "Coaching Colleagues with Feedback"),
        (shapes.promise_like, "Open Badges 3.0", "valid", "Asking Questions That Provoke Thinking"),
        (shapes.factory_like, "Open Badges 1.1", "valid", "Digital Storyteller"),
        (shapes.mozilla_like, "Open Badges 1.0", "unknown", "Digital Storyteller"),
    ],
)
def test_each_shape_is_kept_as_it_came_with_what_it_says(make, standard, verdict, title, bring, educator) -> None:
    shape = make(educator.email)
    imported = bring(shape)
    imported.refresh_from_db()
    assert (imported.says["standard"], imported.verdict, imported.title) == (standard, verdict, title)
    assert bytes(imported.material) == shape.material
    assert imported.digest == hashlib.sha256(shape.material).hexdigest()
    assert imported.given_to == GivenTo.MATCHED
    assert imported.issuer_name.startswith(("Invented", "Gone"))
    assert imported.earned_on is not None
    assert imported.status == ImportStatus.BROUGHT


def test_a_badge_is_brought_by_its_address(bring, educator) -> None:
    shape = shapes.credly_like(educator.email)
    imported = bring(shape, by_address=True)
    assert (imported.address, imported.verdict) == (shape.address, "valid")
    assert imported.says["evidence"] == ["https://api.credential-network.example/evidence/1"]


def test_a_page_for_people_is_no_badge(bring, elsewhere, educator) -> None:
    page = shapes.Shape(b"", "https://x.example/1", {"https://x.example/1": b"<html><body>A badge!</body></html>"})
    with pytest.raises(UnusableBadge, match="web page, not a badge"):
        bring(page, by_address=True)


def test_whose_it_is_shows_by_any_verified_address(bring, educator, other_educator) -> None:
    assert bring(shapes.promise_like(other_educator.email)).given_to == GivenTo.OTHER
    unsaid = shapes.second("x.example", educator.email, recipient={"type": "url", "hashed": False, "identity": "x"})
    assert bring(unsaid).given_to == GivenTo.UNSAID


def test_what_was_given_to_another_address_needs_a_word(bring, educator, other_educator) -> None:
    imported = bring(shapes.promise_like(other_educator.email))
    with pytest.raises(UnusableBadge) as refusal:
        sending.send(imported=imported, explanation="  ", acting_person=educator)
    assert list(refusal.value.fields) == ["explanation"]
    sent = sending.send(imported=imported, explanation="I earned it as O. Otherwise.", acting_person=educator)
    assert sent.status == ImportStatus.WAITING


def test_nobody_brings_a_badge_twice_but_one_taken_back_may_come_again(bring, educator) -> None:
    shape = shapes.promise_like(educator.email)
    imported = bring(shape)
    with pytest.raises(BroughtBefore, match=imported.ref):
        bring(shape)
    with pytest.raises(BroughtBefore):
        # The same badge in other bytes.
        bring(shapes.Shape(shape.material + b"\n"))
    bringing.take_back(imported=imported, acting_person=educator)
    assert bring(shape).ref == imported.ref
    assert ImportedBadge.objects.get().status == ImportStatus.BROUGHT


def test_two_people_may_hold_copies_and_the_copy_of_another_shows(bring, educator, other_educator) -> None:
    shape = shapes.promise_like(educator.email)
    mine, theirs = bring(shape), bring(shape, person=other_educator)
    assert (mine.given_to, theirs.given_to) == (GivenTo.MATCHED, GivenTo.OTHER)


def test_a_learner_record_is_taken_apart(elsewhere, educator) -> None:
    shape = shapes.record_like(educator.email, numbers=(1, 2, 3))
    examined = visiting.examine(visitor="t", reader=educator, material=shape.material, most_parts=20)
    kept = bringing.bring(examined=examined, acting_person=educator)
    assert [each.achievement_id[-1] for each in kept] == ["1", "2", "3"]
    assert {(each.verdict, each.given_to) for each in kept} == {("valid", "matched")}
    with pytest.raises(UnusableBadge, match="None of the 3 credentials"):
        bringing.bring(examined=examined, acting_person=educator)


def test_a_badge_of_ours_is_refused(bring, educator, version, settings) -> None:
    from longleaf.recognition.tests.factories import badge

    with pytest.raises(UnusableBadge, match="issued here"):
        bring(shapes.Shape(json.dumps(badge(educator, version).credential).encode()))


@pytest.mark.parametrize("material", [b"", b"no badge", b"{}", b'{"recipient": 1, "badge": 2}', b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_badge_is_refused_with_a_reason(material, bring) -> None:
    with pytest.raises(UnusableBadge) as refusal:
        bring(shapes.Shape(material))
    assert refusal.value.fields["address"]
    assert not ImportedBadge.objects.exists()


def test_a_changed_badge_is_kept_but_goes_nowhere(bring, educator) -> None:
    document = json.loads(shapes.promise_like(educator.email).material)
    document["credentialSubject"]["achievement"]["description"] = "More than it was."
    imported = bring(shapes.Shape(json.dumps(document).encode()))
    assert imported.verdict == "invalid"
    with pytest.raises(DoesNotStand, match="seal does not fit"):
        sending.send(imported=imported, explanation="", acting_person=educator)


def test_only_educators_bring_and_only_their_own_are_theirs(bring, educator, other_educator, state_officer) -> None:
    with pytest.raises(NotYoursToBring):
        bring(shapes.promise_like(educator.email), person=state_officer)
    imported = bring(shapes.promise_like(educator.email))
    for act in (
        lambda: sending.send(imported=imported, explanation="", acting_person=other_educator),
        lambda: bringing.take_back(imported=imported, acting_person=other_educator),
        lambda: sending.answer(imported=imported, text="x", acting_person=other_educator),
    ):
        with pytest.raises(NoSuchImport):
            act()


def test_what_was_not_asked_is_not_answered_and_what_waits_is_not_sent_again(sent, educator) -> None:
    imported = sent()
    for act in (
        lambda: sending.answer(imported=imported, text="x", acting_person=educator),
        lambda: sending.ask_again(imported=imported, new_facts="x", acting_person=educator),
        lambda: sending.send(imported=imported, explanation="", acting_person=educator),
    ):
        with pytest.raises(WrongState):
            act()


def test_a_badge_that_its_issuer_withdraws_stops_and_a_silent_site_changes_nothing(sent, elsewhere, educator) -> None:
    shape = shapes.credly_like(educator.email)
    imported = sent(shape)

    def again() -> ImportedBadge:
        examined = visiting.examine(visitor="t", reader=educator, material=shape.material)
        return verifying_again.note_verification(imported=imported, examined=examined, acting_person=None)

    assertion = elsewhere.documents.pop(shape.address)
    assert (again().verdict, imported.status) == ("unknown", ImportStatus.WAITING)
    elsewhere.documents[shape.address] = {**assertion, "revoked": True, "revocationReason": "Another was meant."}
    found = again()
    assert (found.status, found.verdict) == (ImportStatus.REVOKED, "invalid")
    assert JournalLine.objects.filter(event="import:badge:revoked", subject=f"import:{imported.ref}").count() == 1
    assert again().status == ImportStatus.REVOKED
