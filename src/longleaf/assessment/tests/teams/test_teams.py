"""Teams: one artifact, and each is judged alone, by people who do not learn who else made it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from longleaf.assessment import nearness, retrying, withdrawing
from longleaf.assessment.desk.access import may_check
from longleaf.assessment.errors import (
    NoSuchTeam,
    NotForTeams,
    NotOpenForWriting,
    NotReady,
    TeamIsClosed,
    TeamNotWelcome,
)
from longleaf.assessment.evidence import badge_evidence, file_store
from longleaf.assessment.mentoring import writing_to
from longleaf.assessment.models import Artifact, Attempt, CopyFlag, OwnPart, TeamMember
from longleaf.assessment.privacy import comparing, consent
from longleaf.assessment.queries import current_submission, work_on
from longleaf.assessment.retention import clearing, packing
from longleaf.assessment.scoring import evidence_for_badge
from longleaf.assessment.status import MemberOfTeam
from longleaf.assessment.teams import asking, forming, joining, queries, sharing
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.appeals.factories import read_only
from longleaf.assessment.tests.desk.factories import seats_of, send_to_panel
from longleaf.assessment.tests.mentoring import factories as mentoring
from longleaf.assessment.tests.privacy.factories import log, show
from longleaf.assessment.tests.retention import factories as retention
from longleaf.assessment.tests.teams import factories
from longleaf.assessment.tests.teams.factories import at_work, begun, brought, joined, said, team_of_two
from longleaf.catalog.design import Design
from longleaf.catalog.models import Version
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.panels import drawing
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(state: State, issuer: Organisation, items: dict[str, Any]) -> Version:
    return factories.made_in_teams(state, issuer, items)


@pytest.fixture
def attempt(version: Version, educator: Person) -> Attempt:
    return at_work(version, educator)


@pytest.fixture
def other(version: Version, other_educator: Person) -> Attempt:
    return at_work(version, other_educator, "So it was with mine.")


def in_round(attempt: Attempt) -> list[Artifact]:
    rows = Artifact.objects.select_related("upload").filter(response__submission=current_submission(attempt))
    return list(rows.order_by("pk"))


def missing(attempt: Attempt) -> str:
    return work_on(attempt).piece("R2").missing


# --- forming ---------------------------------------------------------------------------------------------------------


def test_what_is_brought_stands_in_everybodys_evidence_once(attempt: Attempt, other: Attempt) -> None:
    own, _ = team_of_two(attempt, other)
    (mine,), (theirs,) = in_round(attempt), in_round(other)
    assert mine.upload == theirs.upload
    assert (mine.team, theirs.team) == (own.team, own.team)
    assert (missing(attempt), missing(other)) == ("", "")


def test_whoever_joins_late_gets_what_was_brought(attempt: Attempt, other: Attempt) -> None:
    own = begun(attempt)
    brought(own)
    joined(own, other)
    assert [each.team for each in in_round(other)] == [own.team]


def test_a_better_artifact_takes_its_place_in_open_rounds_only(attempt: Attempt, other: Attempt) -> None:
    own, theirs = team_of_two(attempt, other)
    earner_cast.submit(attempt)
    handed_in = in_round(attempt)
    newer = brought(theirs, earner_cast.picture("PNG", size=(80, 50)))
    assert in_round(attempt) == handed_in
    assert [each.upload for each in in_round(other)] == [newer.upload]
    with pytest.raises(NotOpenForWriting):
        brought(own)


def test_a_team_needs_somebody_and_each_says_what_they_did(attempt: Attempt, other: Attempt) -> None:
    own = begun(attempt)
    brought(own)
    assert "Nobody belongs to your team" in missing(attempt)
    joined(own, other)
    assert "Say what you did yourself" in missing(attempt)
    with pytest.raises(NotReady) as refused:
        earner_cast.submit(attempt)
    assert set(refused.value.fields) == {"R2"}
    said(attempt)
    earner_cast.submit(attempt)


def test_only_what_the_design_allows_is_made_in_a_team(attempt: Attempt, document: dict[str, Any]) -> None:
    with pytest.raises(NotForTeams):
        forming.begin(attempt=attempt, requirement="R1", acting_person=attempt.earner)
    assert Design(document).requirement("R2").team is None
    assert begun(attempt) == begun(attempt)


def test_a_team_has_no_more_people_than_the_design_says(attempt: Attempt, other: Attempt) -> None:
    own = begun(attempt)
    joined(own, other)
    forming.ask(member=own, address="third@d.example", acting_person=attempt.earner)
    with pytest.raises(TeamIsClosed):
        forming.ask(member=own, address="fourth@d.example", acting_person=attempt.earner)


@pytest.mark.parametrize("who", ["stranger", "other_educator", "lead_assessor"])
def test_asking_whoever_is_not_at_work_on_it_looks_like_any_asking(
    attempt: Attempt, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    made = factories.asked(begun(attempt), person)
    assert (made.status, made.person, made.attempt) == (MemberOfTeam.INVITED, None, None)
    assert queries.invitations_of(person) == []
    asking.write_to_asked(now=timezone.now())
    assert mail.outbox == []


def test_that_somebody_was_reached_is_not_told_by_an_invitation_that_ends_when_they_hand_in(
    attempt: Attempt, other: Attempt, stranger: Person
) -> None:
    """Else one that stays although they handed in would tell that they judge."""
    own = begun(attempt)
    asked = factories.asked(own, other.earner)
    earner_cast.uploaded(other, "mine.png", earner_cast.picture("PNG"))
    earner_cast.submit(other)
    work = work_on(attempt)
    team = queries.own_team(work, queries.piece_for_team(work, "R2"))
    assert team
    assert [(each.ref, each.address) for each in team.asked] == [(asked.ref, other.earner.email)]
    assert factories.asked(own, other.earner) == asked
    factories.asked(own, stranger)
    with pytest.raises(TeamIsClosed):
        forming.ask(member=own, address="fourth@d.example", acting_person=attempt.earner)
    assert queries.invitations_of(other.earner) == []
    assert forming.take_back(asked=asked, acting_person=attempt.earner).status == MemberOfTeam.WITHDRAWN


def test_whoever_is_asked_is_written_to_once(attempt: Attempt, other: Attempt) -> None:
    factories.asked(begun(attempt), other.earner)
    assert [asking.write_to_asked(now=timezone.now()) for _ in range(2)] == [1, 0]
    assert [(each.to, "Team Work" in each.body) for each in mail.outbox] == [([other.earner.email], False)]


def test_nobody_else_joins_asks_brings_or_leaves(attempt: Attempt, other: Attempt, first_assessor: Person) -> None:
    own = begun(attempt)
    asked = factories.asked(own, other.earner)
    for person in (first_assessor, attempt.earner):
        with pytest.raises(NoSuchTeam):
            joining.join(asked=asked, acting_person=person)
        with pytest.raises(NoSuchTeam):
            joining.decline(asked=asked, acting_person=person)
    with pytest.raises(NoSuchTeam):
        forming.ask(member=own, address="a@b.example", acting_person=other.earner)
    with pytest.raises(NoSuchTeam):
        forming.take_back(asked=asked, acting_person=other.earner)
    with pytest.raises(NoSuchTeam):
        forming.leave(member=own, acting_person=other.earner)
    earner_cast.uploaded(other, "mine.png", earner_cast.picture("PNG"))
    with pytest.raises(TeamNotWelcome):
        sharing.bring(member=own, artifact=in_round(other)[0], acting_person=attempt.earner)


def test_the_first_to_hand_in_closes_the_team(attempt: Attempt, other: Attempt, version: Version) -> None:
    own, _ = team_of_two(attempt, other)
    third = at_work(version, cast.make_person("Tess Third", (cast.Organisation.objects.get(code="D1"), Role.EDUCATOR)))
    asked = factories.asked(own, third.earner)
    earner_cast.submit(attempt)
    asked.refresh_from_db()
    own.team.refresh_from_db()
    assert (asked.status, own.team.size) == (MemberOfTeam.LAPSED, 2)
    with pytest.raises(TeamIsClosed):
        joining.join(asked=asked, acting_person=third.earner)


def test_whoever_leaves_or_withdraws_takes_nothing_from_the_others(attempt: Attempt, other: Attempt) -> None:
    own, theirs = team_of_two(attempt, other)
    earner_cast.submit(other)
    forming.leave(member=own, acting_person=attempt.earner)
    assert in_round(attempt) == []
    assert not OwnPart.objects.filter(submission__attempt=attempt).exists()
    withdrawing.withdraw(attempt=attempt, acting_person=attempt.earner)
    (kept,) = in_round(other)
    assert kept.upload
    assert (kept.taken_away_at, kept.upload.owner, theirs.status) == (None, attempt.earner, MemberOfTeam.JOINED)


def test_whoever_withdraws_is_counted_no_more_and_can_come_back(attempt: Attempt, other: Attempt) -> None:
    own, theirs = team_of_two(attempt, other)
    withdrawing.withdraw(attempt=attempt, acting_person=attempt.earner)
    again = earner_cast.started(attempt.version, attempt.earner)
    back = joined(theirs, again)
    assert (back.team, [each.upload for each in in_round(again)]) == (
        own.team,
        [each.upload for each in in_round(other)],
    )
    earner_cast.submit(other)
    own.team.refresh_from_db()
    assert own.team.size == 2


def test_nobody_is_asked_by_whoever_withdrew(attempt: Attempt, other: Attempt) -> None:
    factories.asked(begun(attempt), other.earner)
    mentoring.invited(attempt, cast.make_person("Cora Coach", (attempt.micro_credential.issuer, Role.COACH)))
    withdrawing.withdraw(attempt=attempt, acting_person=attempt.earner)
    assert queries.invitations_of(other.earner) == []
    assert asking.write_to_asked(now=timezone.now()) + writing_to.write_to_invited(now=timezone.now()) == 0


def test_a_later_round_carries_the_team_work_and_the_own_part(attempt: Attempt, other: Attempt) -> None:
    own, _ = team_of_two(attempt, other)
    earner_cast.submit(attempt)
    attempt.refresh_from_db()
    earner_cast.decide(attempt, met=[])
    retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    attempt.refresh_from_db()
    piece = work_on(attempt).piece("R2")
    assert piece.own_part
    assert (piece.of_team, piece.own_part.text, piece.missing) == (2, factories.OWN_PART, "")
    assert [each.team for each in piece.artifacts] == [own.team]


# --- judged alone ----------------------------------------------------------------------------------------------------


def hand_in_and_seat(attempt: Attempt, lead: Person) -> set[Person]:
    earner_cast.submit(attempt)
    return {each.rater for each in seats_of(send_to_panel(current_submission(attempt), lead))}


def test_nobody_of_a_team_reads_another_and_their_readers_are_others_where_they_can_be(
    attempt: Attempt, version: Version, issuer: Organisation, lead_assessor: Person, other_district: Organisation
) -> None:
    mate = cast.make_person("Mona Mate", (issuer, Role.ASSESSOR), (other_district, Role.EDUCATOR))
    readers = [cast.make_person(name, (issuer, Role.ASSESSOR)) for name in ("Ida", "Ivan", "Jana", "Jon")]
    second = at_work(version, mate, "I did it otherwise.")
    team_of_two(attempt, second)
    first_panel, second_panel = hand_in_and_seat(attempt, lead_assessor), hand_in_and_seat(second, lead_assessor)
    assert first_panel | second_panel == set(readers)


def test_whoever_left_or_said_no_is_kept_off_as_well(attempt: Attempt, other: Attempt, version: Version) -> None:
    own = begun(attempt)
    theirs = joined(own, other)
    forming.leave(member=theirs, acting_person=other.earner)
    assert nearness.people_near(attempt) == [other.earner]
    assert nearness.people_near(other) == [attempt.earner]
    assert [each.pk for each in nearness.attempts_near(other.earner)] == [attempt.pk]


def test_who_mentors_one_of_a_team_judges_none_of_it(
    attempt: Attempt, other: Attempt, first_assessor: Person, second_assessor: Person, lead_assessor: Person,
    third_assessor: Person, issuer: Organisation,
) -> None:  # fmt: skip
    """They have seen the artifact with a name."""
    mentoring.accepted(other, first_assessor)
    team_of_two(attempt, other)
    assert first_assessor in nearness.people_near(attempt)
    enrolling.give_role(person=first_assessor, organisation=issuer, role=Role.LEAD_ASSESSOR, acting_person=None)
    earner_cast.submit(attempt)
    waiting = current_submission(attempt)
    assert (may_check(first_assessor, waiting), may_check(lead_assessor, waiting)) == (False, True)


def test_who_comes_to_mentor_one_of_a_team_is_asked_no_more_for_another(
    attempt: Attempt, other: Attempt, first_assessor: Person, lead_assessor: Person, issuer: Organisation
) -> None:
    """The panel of the one is short of a reader when the mentor of the other could be the next."""
    team_of_two(attempt, other)
    assert hand_in_and_seat(attempt, lead_assessor) == {first_assessor}
    district = Organisation.objects.get(code="D2")
    mentor = cast.make_person("Milo Mentor", (district, Role.EDUCATOR))
    mentoring.accepted(other, mentor)
    enrolling.give_role(person=mentor, organisation=issuer, role=Role.ASSESSOR, acting_person=None)
    drawing.assign_waiting()
    assert {each.rater for each in seats_of(current_submission(attempt))} == {first_assessor}


def test_who_judged_one_of_a_team_cannot_come_to_help_another(
    attempt: Attempt, other: Attempt, first_assessor: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    team_of_two(attempt, other)
    assert hand_in_and_seat(attempt, lead_assessor) == {first_assessor, second_assessor}
    assert mentoring.invited(other, first_assessor).mentor is None


def test_who_read_an_earlier_round_cannot_be_reached_as_a_teammate(
    attempt: Attempt, version: Version, first_assessor: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    earner_cast.save(attempt, "R1", "I look for a claim in every draft there is.")
    earner_cast.uploaded(attempt, "own.png", earner_cast.picture("PNG"))
    earner_cast.submit(attempt)
    for seat in seats_of(send_to_panel(current_submission(attempt), lead_assessor)):
        read_only(seat, A="not-yet", B="not-yet")
    attempt.refresh_from_db()
    retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    attempt.refresh_from_db()
    at_work(version, first_assessor)
    assert factories.asked(begun(attempt), first_assessor).person is None


def test_teammates_and_readers_of_a_withdrawn_attempt_stay_apart_when_it_is_begun_anew(
    attempt: Attempt, other: Attempt, version: Version, first_assessor: Person, second_assessor: Person,
    lead_assessor: Person,
) -> None:  # fmt: skip
    team_of_two(attempt, other)
    hand_in_and_seat(attempt, lead_assessor)
    for seat in seats_of(current_submission(attempt)):
        read_only(seat, A="not-yet", B="not-yet")
    attempt.refresh_from_db()
    retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    withdrawing.withdraw(attempt=attempt, acting_person=attempt.earner)
    anew = at_work(version, attempt.earner)
    assert other.earner in nearness.people_near(anew)
    assert anew in nearness.attempts_near(other.earner)
    at_work(version, first_assessor)
    assert factories.asked(begun(anew), first_assessor).person is None


def test_a_lead_who_earns_makes_nothing_with_others(other: Attempt, version: Version, lead_assessor: Person) -> None:
    """They see who reads for the issuer, so also who reads their teammates."""
    district = Organisation.objects.get(code="D2")
    enrolling.give_role(person=lead_assessor, organisation=district, role=Role.EDUCATOR, acting_person=None)
    assert factories.asked(begun(at_work(version, lead_assessor)), other.earner).person is None


def test_the_badge_tells_that_it_is_team_work_and_not_who_else(attempt: Attempt, other: Attempt) -> None:
    team_of_two(attempt, other)
    earner_cast.submit(attempt, badge_evidence=["R1", "R2"])
    attempt.refresh_from_db()
    earner_cast.decide(attempt, met=["A", "B"])
    plain, team = evidence_for_badge(current_submission(attempt), Design(attempt.version.document))
    assert ("team of 2" in plain["description"], "team of 2" in team["description"]) == (False, True)
    pieces = {each["key"]: each for each in badge_evidence.pieces_of(f"attempt:{attempt.ref}")}
    assert pieces["R2.part"]["narrative"] == factories.OWN_PART
    assert other.earner.name not in str(pieces)


# --- people and likenesses -------------------------------------------------------------------------------------------


def flags_between(*attempts: Attempt) -> list[tuple[str, str]]:
    for each in attempts:
        earner_cast.submit(each)
    while comparing.compare_handed_in(now=timezone.now()):
        pass
    return sorted(CopyFlag.objects.values_list("place", "other_place"))


def test_a_teams_own_artifact_is_no_likeness_among_its_members(attempt: Attempt, other: Attempt) -> None:
    team_of_two(attempt, other)
    assert [pair for pair in flags_between(attempt, other) if "R2-1" in pair] == []


def test_the_same_file_elsewhere_is(attempt: Attempt, other: Attempt, version: Version) -> None:
    team_of_two(attempt, other)
    third = at_work(version, cast.make_person("Tess Third", (cast.Organisation.objects.get(code="D2"), Role.EDUCATOR)))
    earner_cast.uploaded(third, "found.png", earner_cast.picture("PNG"))
    flagged = flags_between(attempt, other, third)
    assert flagged.count(("R2-1", "R2-1")) == 2


def test_consent_taken_back_takes_it_from_all_of_the_team(
    state: State, issuer: Organisation, items: dict[str, Any], educator: Person, other_educator: Person
) -> None:
    version = factories.made_in_teams(state, issuer, items, shows_people=True)
    attempt, other = at_work(version, educator), at_work(version, other_educator, "So it was with mine.")
    team_of_two(attempt, other)
    log(attempt)
    show(in_round(attempt)[0], 1)
    # The log of whoever brought it is enough for all.
    earner_cast.submit(other)
    consent.withdraw_consent(attempt=attempt, number=1, acting_person=educator)
    assert [each.taken_away_at is None for each in (*in_round(attempt), *in_round(other))] == [False, False]
    assert TeamMember.objects.filter(status=MemberOfTeam.JOINED).count() == 2


def test_what_goes_from_one_by_its_clock_stays_with_the_others(attempt: Attempt, other: Attempt) -> None:
    team_of_two(attempt, other)
    with transaction.atomic():
        clearing.take_artifacts(Artifact.objects.filter(pk=in_round(attempt)[0].pk), timezone.now())
    (kept,) = in_round(other)
    assert kept.upload
    assert file_store.size_of(kept.upload.stored_as) == kept.upload.size


def test_everything_as_one_zip_tells_the_own_part_and_no_name_that_a_teammate_gave(
    attempt: Attempt, other: Attempt
) -> None:
    team_of_two(attempt, other)
    told = Attempt.objects.select_related("version", "micro_credential__issuer").get(pk=other.pk)
    with zipfile.ZipFile(io.BytesIO(b"".join(packing.everything_of(told)))) as packed:
        names, piece = packed.namelist(), packed.read("round-1/R2.txt").decode()
    assert "round-1/R2-1 of the team.png" in names
    assert factories.FILE_NAME not in str(names)
    assert "Made by a team of 2. Your own part: I chose the texts" in piece


def test_the_log_of_whoever_withdrew_stays_while_others_of_the_team_rest_on_it(
    state: State, issuer: Organisation, items: dict[str, Any], educator: Person, other_educator: Person
) -> None:
    version = factories.made_in_teams(state, issuer, items, shows_people=True)
    retention.keep_for(state, withdrawn=10)
    attempt, other = at_work(version, educator), at_work(version, other_educator, "So it was with mine.")
    team_of_two(attempt, other)
    log(attempt)
    show(in_round(attempt)[0], 1)
    earner_cast.submit(other)
    withdrawing.withdraw(attempt=attempt, acting_person=educator)
    for days in (10, 31):
        retention.days_pass(attempt, days)
        retention.run()
    assert not Artifact.objects.filter(response__submission__attempt=attempt, let_go_at=None).exists()
    consent.withdraw_consent(attempt=attempt, number=1, acting_person=educator)
    (theirs,) = in_round(other)
    assert theirs.taken_away_at
    Artifact.objects.filter(pk=theirs.pk).update(let_go_at=timezone.now())
    retention.run()
    assert not attempt.consents.exists()
