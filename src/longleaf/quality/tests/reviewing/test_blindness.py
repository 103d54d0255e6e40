"""What reviewers, issuers and strangers can learn of one another, on every page that each can reach."""

from __future__ import annotations

from html import unescape

import pytest

from longleaf.directory import enrolling
from longleaf.directory.status import Role
from longleaf.panels import reconciling
from longleaf.panels.blindness import JUDGED_PERSON, PUBLIC
from longleaf.quality.models import AskedChange, Review
from longleaf.quality.reviewing import reading, talking
from longleaf.quality.reviewing.findings import findings_of
from longleaf.quality.status import ReviewStatus
from longleaf.quality.tests.reviewing import stage
from tests import cast

# Words that can come from nowhere else.
ISSUER, SLUG, DESIGNER, NOTE = "Zyxwissuer", "zyxwslug", "Zyxwdesigner", "Zyxwnote"


@pytest.fixture
def staged(state, agency, issuer, designer):
    issuer.name = ISSUER
    issuer.save(update_fields=["name"])
    designer.name = DESIGNER
    designer.save(update_fields=["name"])
    rule = {**stage.rubric()["panel_rule"], "reconciliation": {"days": 7}}
    stage.publish(state, stage.rubric(panel_rule=rule))
    stage.make_reviewers(agency)
    version = cast.publish(state, issuer, cast.make_document(slug=SLUG))
    return stage.hand_in(version, designer, note=NOTE)


def pages_of(seat, client_of):
    """Everything that a reviewer can open of a review, with the headers that come with it."""
    at, client = f"/quality/readings/{seat.ref}/", client_of(seat.rater)
    addresses = ["/quality/", "/quality/readings/", at, f"{at}progress/", f"{at}decline/", f"{at}room/"]
    answers = [client.get(address) for address in addresses]
    return "\n".join(unescape(each.content.decode()) + str(each.headers) for each in answers)


@pytest.mark.parametrize("levels", [(stage.MET, stage.MET), (stage.NOT_YET, stage.MET)])
def test_before_they_meet_reviewers_learn_nothing_of_one_another_or_of_whose_it_is(staged, client_of, levels):
    first, second = stage.seats(staged)
    for seat, other, level in ((first, second, levels[0]), (second, first, levels[1])):
        stage.fill_in(seat, S2_a=level)
        seat.ratings.update(comment=f"Zyxwcomment{seat.seat}")
        seen = pages_of(seat, client_of)
        assert f"Zyxwcomment{seat.seat}" in seen
        for told in (f"Zyxwcomment{other.seat}", other.ref, other.rater.name, ISSUER, SLUG, DESIGNER, NOTE):
            assert told not in seen


def test_when_they_meet_they_see_what_was_found_and_never_who_or_whose(staged, client_of, designer):
    first, second = stage.seats(staged)
    stage.read(first)
    first.ratings.update(comment="Zyxwcomment1")
    stage.read(second, S2_a=stage.NOT_YET)
    reconciling.say(assignment=first, criterion="S2.a", text="Zyxwremark", acting_person=first.rater)
    seen = pages_of(second, client_of)
    assert "Zyxwcomment1" in seen
    assert "Zyxwremark" in seen
    for told in (first.ref, first.rater.name, first.rater.ref, ISSUER, SLUG, DESIGNER, NOTE):
        assert told not in seen
    for seat in (first, second):
        talking.settle(assignment=seat, acting_person=seat.rater)
    (third,) = stage.seats(staged)
    unseen = pages_of(third, client_of)
    for told in ("Zyxwcomment1", "Zyxwremark", first.ref, second.ref, ISSUER, SLUG, DESIGNER, NOTE):
        assert told not in unseen
    issuers = unescape(client_of(designer).get(f"/quality/reviews/{staged.ref}/").content.decode())
    for told in ("Zyxwcomment1", "Zyxwremark", first.ref, first.rater.name, third.rater.name):
        assert told not in issuers


def test_an_officer_who_reads_a_design_learns_of_its_issuer_only_when_it_is_decided(staged, agency, client_of):
    seat = stage.seats(staged)[0]
    enrolling.give_role(person=seat.rater, organisation=agency, role=Role.STATE_OFFICER, acting_person=None)
    client = client_of(seat.rater)
    assert client.get(f"/quality/reviews/{staged.ref}/").status_code == 404
    # The journal names every micro-credential, and must not tie one to this review.
    lines = client.get("/journal/").content.decode()
    assert "micro-credential" in lines
    assert f"review%3A{staged.ref}" not in lines
    # Nor who else reads it, nor under which reference.
    other = stage.take_up(stage.seats(staged)[1])
    for subject in (f"panel:{staged.panel.ref}", f"reading:{other.ref}"):
        assert "No line on this subject" in client.get("/journal/", {"subject": subject}).content.decode()
    told = unescape("".join(client.get("/journal/", {"page": page}).content.decode() for page in (1, 2)))
    assert other.ref not in told
    assert "are left out" in told
    for at in ("/quality/", f"/quality/readings/{seat.ref}/", "/quality/follow-up/"):
        told = unescape(client.get(at).content.decode())
        for word in (ISSUER, SLUG, DESIGNER):
            assert word not in told, at
    Review.objects.update(status=ReviewStatus.TAKEN_BACK)
    assert ISSUER in unescape(client.get("/quality/").content.decode())


def test_an_officer_who_hands_in_learns_from_the_journal_that_it_is_read_and_not_by_whom(
    staged, agency, designer, client_of
):
    enrolling.give_role(person=designer, organisation=agency, role=Role.STATE_OFFICER, acting_person=None)
    seat, client = stage.take_up(stage.seats(staged)[0]), client_of(designer)
    told = unescape("".join(client.get("/journal/", {"page": page}).content.decode() for page in (1, 2)))
    assert staged.ref in told
    assert seat.ref not in told


def test_a_change_that_is_asked_of_the_issuer_is_told_to_nobody_else(staged):
    for seat in stage.seats(staged):
        stage.read(seat, S2_a=stage.NOT_YET)
    AskedChange.objects.create(review=staged, criterion="S2.a", text="Zyxwchange")
    staged.refresh_from_db()
    told = {sight: [each.change for each in findings_of(staged, sight)] for sight in (PUBLIC, JUDGED_PERSON)}
    assert "Zyxwchange" in told[JUDGED_PERSON]
    assert "".join(told[PUBLIC]) == ""


def test_reviewers_read_titles_and_not_codes_and_may_quote_them(staged, client_of):
    seat = stage.take_up(stage.seats(staged)[0])
    page = unescape(client_of(seat.rater).get(f"/quality/readings/{seat.ref}/").content.decode())
    assert "Grades K-5" in page
    assert "k-5" not in page
    quoted = reading.quote(assignment=seat, criterion="S1.a", words="Grades K-5", revision=0, acting_person=seat.rater)
    assert quoted.pointer == "/audience"
