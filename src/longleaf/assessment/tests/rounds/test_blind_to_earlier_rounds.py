"""Whoever reads a later round learns nothing of what was found in an earlier one.

Two proofs. Everything that any address answers them is searched for what the earlier round holds. And the whole is
walked in two worlds in which the earlier round went differently, with other levels, other comments, more readers,
another day and an appeal, while the same was met: not a letter may differ, so neither a count nor an order can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from difflib import unified_diff
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from longleaf.assessment import scoring
from longleaf.assessment.appeals import admitting
from longleaf.assessment.models import Attempt, CompletenessCheck, Submission
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import hand_in, seats_of, send_to_panel, take_up
from longleaf.assessment.tests.rounds.every_address import answers, without_chance
from longleaf.assessment.tests.rounds.walking import LEVELS, next_round
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.kit import keeping
from longleaf.panels import rating
from longleaf.panels.models import Assignment, Panel
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_assessor", "second_assessor", "third_assessor")]
Signed = Callable[[Person | None], Client]
Story = Callable[[Submission], None]
HERE = ZoneInfo("America/New_York")
MOST_SHOWN = 40
# That any appeal was answered in a year is public, and tells of nobody.
PUBLIC_NUMBERS = {"/appeals/", "/appeals/outcomes.json"}
ON_THE_FIRST_ROUND = "Said of the first round alone."
DAYS_TOLD = ("March 4, 2019", "2019-03-04", "March 5, 2019", "2019-03-05")


@pytest.fixture
def version(state: State, issuer: Organisation) -> Version:
    """Two criteria of five levels, met from 3 on; two readers, and a third where they differ."""
    document = cast.make_document()
    document["rubric"]["levels"] = [{"code": each, "title": f"{each} points", "meets": each > "2"} for each in LEVELS]
    for criterion in document["rubric"]["criteria"]:
        criterion["levels"] = {}
    document["panel_rule"]["across_rounds"] = "best_level"
    return cast.publish(state, issuer, document)


def quiet(submission: Submission) -> None:
    """Two readers who agree, long ago."""
    for seat in seats_of(submission):
        appeals.read_only(seat, comment="Nothing that is sought.", A="3", B="2")
    _put_back(submission.attempt, datetime(2021, 7, 5, 10, tzinfo=HERE))


def loud(submission: Submission) -> None:
    """Two readers who differ, a third who decides, another day, and an appeal that was not admitted."""
    first, second = seats_of(submission)
    appeals.read_only(first, comment=ON_THE_FIRST_ROUND, A="4", B="3")
    appeals.read_only(second, comment=ON_THE_FIRST_ROUND, A="4", B="0")
    appeals.read_only(seats_of(submission)[2], comment=ON_THE_FIRST_ROUND, A="4", B="1")
    lodged = appeals.lodged(Attempt.objects.get(pk=submission.attempt_id))
    lead = Person.objects.get(name="Nora Newlook")
    admitting.refuse(appeal=lodged, reason=ON_THE_FIRST_ROUND, acting_person=lead)
    _put_back(submission.attempt, datetime(2019, 3, 4, 10, tzinfo=HERE))


def _put_back(attempt: Attempt, day: datetime) -> None:
    """As if all of it had been on one day, and decided on the next."""
    later = day + timedelta(days=1)
    panels = Panel.objects.filter(pk__in=attempt.submissions.values("panel"))
    attempt.submissions.update(submitted_at=day, due_at=later, decided_at=later)
    Assignment.objects.filter(panel__in=panels).update(started_at=day, submitted_at=later, due_at=later)
    panels.update(convened_at=day, due_at=later, decided_at=later)
    CompletenessCheck.objects.filter(submission__attempt=attempt).update(checked_at=day)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=day, decided_at=later)


@pytest.fixture
def second_round(
    version: Version, educator: Person, lead_assessor: Person, third_assessor: Person, issuer: Organisation
) -> Callable[..., Submission]:
    """The second round with its panel, after a first one that went as a story tells."""

    def walked(story: Story, *, fresh_readers: bool = True) -> Submission:
        appeals.new_lead(issuer)
        first = send_to_panel(hand_in(version, educator), lead_assessor)
        story(first)
        # Whether there was a third reader or not, nobody by that name is asked for the next round.
        third_assessor.roles.all().delete()
        keeping.forget()
        if fresh_readers:
            for name in ("Fay Fresh", "Gus Gentle"):
                cast.make_person(name, (issuer, Role.ASSESSOR))
        again = next_round(
            Submission.objects.select_related("attempt").get(pk=first.pk), changed="It is changed now, as was asked."
        )
        return send_to_panel(again, lead_assessor)

    return walked


def known(submission: Submission, *, of_all_rounds: bool) -> dict[str, list[object]]:
    """Values for the parameters of addresses: what belongs to this round, or to every round of the attempt."""
    rounds = Submission.objects.filter(attempt=submission.attempt_id) if of_all_rounds else [submission]
    refs: list[object] = []
    for each in rounds:
        assert each.panel
        refs += [each.ref, each.panel.ref, *(seat.ref for seat in seats_of(each))]
        if of_all_rounds:
            refs += [appeal.ref for appeal in each.appeals.all()]
    made = submission.attempt.micro_credential
    artifacts = [one.pk for each in rounds for response in each.responses.all() for one in response.artifacts.all()]
    return {
        "ref": [*refs, submission.attempt.ref] if of_all_rounds else refs,
        "slug": [made.slug, made.issuer.slug],
        "requirement": ["R2"],
        "artifact_id": artifacts[:1] if of_all_rounds else [],
        "code": ["R2-1"],
        "criterion": ["B"],
        "version_uuid": [submission.attempt.version.uuid],
    }


def walk(submission: Submission, client_of: Signed, *, of_all_rounds: bool, within: str = "/") -> list[dict[str, str]]:
    """What a reader of a round is answered when it is offered, while they read, and once the round is decided."""
    seat, other = sorted(seats_of(submission), key=lambda each: each.rater.name)
    client = client_of(seat.rater)

    def now(within: str) -> dict[str, str]:
        return answers(client, known(submission, of_all_rounds=of_all_rounds), within=within)

    told = [now("/assess/")]
    take_up(seat)
    rating.rate(assignment=seat, criterion="B", level="2", comment="Mine.", revision=0, acting_person=seat.rater)
    told.append(now(within))
    scoring.submit_reading(assignment=seat, acting_person=seat.rater)
    appeals.read_only(other, comment="Theirs.", B="1")
    return [*told, now(within)]


def found_in(told: Iterable[dict[str, str]], words: Iterable[str]) -> list[tuple[str, str]]:
    sought = list(words)
    return [(address, word) for each in told for address, text in each.items() for word in sought if word in text]


def differing(address: str, one: str, other: str) -> list[str]:
    """The lines in which two answers differ, with the address."""
    lines = unified_diff(one.splitlines(), other.splitlines(), address, address, lineterm="", n=0)
    return list(lines) if one != other else []


def secrets_of(submission: Submission, *, own: Assignment | None = None) -> list[str]:
    """What the rounds before a round hold that its readers must not learn, but for what one of them wrote."""
    attempt = submission.attempt
    secret = [attempt.ref, attempt.earner.name, attempt.earner.ref, *DAYS_TOLD]
    for each in attempt.submissions.filter(round__lt=submission.round).select_related("panel"):
        assert each.panel
        readings = [seat for seat in seats_of(each) if seat != own]
        secret += [each.panel.ref, *(seat.ref for seat in readings), *(appeal.ref for appeal in each.appeals.all())]
        secret += [] if own else [each.ref, ON_THE_FIRST_ROUND]
    return secret


def asked_for(told: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Answers that gave something: a page that says only that there is nothing repeats the address it was asked by."""
    return [{at: text for at, text in each.items() if not text.startswith(("404", "405"))} for each in told]


def test_the_search_finds_what_it_seeks_where_it_may_stand(
    second_round: Callable[..., Submission], client_of: Signed
) -> None:
    submission = second_round(loud)
    told = [answers(client_of(submission.attempt.earner), known(submission, of_all_rounds=True), within="/work/")]
    assert {ON_THE_FIRST_ROUND, submission.attempt.ref, "March 5, 2019"} <= {
        word for _, word in found_in(told, secrets_of(submission))
    }


def test_no_address_tells_a_reader_of_the_second_round_anything_of_the_first(
    second_round: Callable[..., Submission], client_of: Signed
) -> None:
    submission = second_round(loud)
    told = walk(submission, client_of, of_all_rounds=True)
    given = asked_for(told)
    assert sum(len(each) for each in given) > 60
    assert submission.ref in "".join(given[1].values())
    assert found_in(given, secrets_of(submission)) == []
    reader = min(seat.rater.name for seat in seats_of(submission))
    address = Person.objects.get(name=reader).email
    assert [letter for letter in mail.outbox if address in letter.to and ON_THE_FIRST_ROUND in letter.body] == []


def test_not_a_letter_differs_whatever_the_first_round_was_like(
    second_round: Callable[..., Submission], client_of: Signed
) -> None:
    worlds = []
    for story in (quiet, loud):
        with transaction.atomic():
            keeping.forget()
            told = walk(second_round(story), client_of, of_all_rounds=False)
            worlds.append([without_chance(each) for each in told])
            transaction.set_rollback(True)
    one, other = worlds
    for before, after in zip(one, other, strict=True):
        assert before.keys() == after.keys()
        same = before.keys() - PUBLIC_NUMBERS
        lines = [line for at in sorted(same) for line in differing(at, before[at], after[at])]
        assert not lines, "\n".join(lines[:MOST_SHOWN])


def test_who_must_read_both_rounds_sees_of_the_first_their_own_reading_alone(
    second_round: Callable[..., Submission], client_of: Signed
) -> None:
    submission = second_round(quiet, fresh_readers=False)
    first = submission.attempt.submissions.get(round=1)
    _put_back_and_say(first)
    seat = min(seats_of(submission), key=lambda each: each.rater.name)
    own = Assignment.objects.get(panel=first.panel, rater=seat.rater)
    told = walk(submission, client_of, of_all_rounds=True, within="/assess/")
    kept = {f"/assess/read/{own.ref}/", f"/assess/read/{own.ref}/preview/", "/assess/finished/"}
    apart = [{at: text for at, text in each.items() if own.ref not in at} for each in asked_for(told)]
    elsewhere = [{at: text for at, text in each.items() if at not in kept} for each in apart]
    assert found_in(apart, [word for word in secrets_of(submission, own=own) if word not in DAYS_TOLD]) == []
    # The page of the second round neither names the first nor shows what this reader wrote in it.
    assert found_in(elsewhere, [first.ref, own.ref, "Written by one.", "Written by the other."]) == []
    mine = "".join(text for each in told for at, text in each.items() if own.ref in at)
    assert ("Written by one." in mine, "Written by the other." in mine) == (True, False)


def _put_back_and_say(first: Submission) -> None:
    """Lets each of the two readers have words of their own."""
    one, other = sorted(seats_of(first), key=lambda each: each.rater.name)
    one.ratings.update(comment="Written by one.")
    other.ratings.update(comment="Written by the other.")
