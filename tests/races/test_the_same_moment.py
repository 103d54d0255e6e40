"""Two who press a button at the same moment, through the pages: one thing happens, and both get a proper answer.

Each race is run several times, because who comes first is not for the test to say. Threads have connections of their
own and real transactions, on a database as it is run: SQLite with its write-ahead log in a file, or PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Count, Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment import starting
from longleaf.assessment.models import Appeal, Attempt, CompletenessCheck, Submission
from longleaf.assessment.privacy import looked
from longleaf.assessment.queries import work_on
from longleaf.assessment.status import AppealStatus, AttemptStatus
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import hand_in, seats_of, send_to_panel, write_evidence
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.catalog.models import Version
from longleaf.catalog.studio import drafting
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.journal.verifying import verify
from longleaf.panels import expiring
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.pool import telling
from longleaf.panels.status import SEATED, AssignmentStatus
from longleaf.panels.tests.factories import at_the_same_moment, fill_in
from longleaf.quality import deciding
from longleaf.quality.models import QualityDecision
from longleaf.quality.status import Outcome
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
Signed = Callable[[Person | None], Client]
Press = Callable[[], int]
TIMES = 4
# Done, or done already; not theirs any more; somebody was faster.
PROPER = {200, 302, 404, 409}


@pytest.fixture
def earners(district: Organisation) -> list[Person]:
    return [cast.make_person(f"Earner Number{number}", (district, Role.EDUCATOR)) for number in range(TIMES)]


@pytest.fixture
def assessors(issuer: Organisation) -> list[Person]:
    made = [cast.make_person(f"Reader Number{number}", (issuer, Role.ASSESSOR)) for number in range(6)]
    for person in made:
        telling.tell(at_a_time=50, a_month=400, languages=["en"], qualifications=[], acting_person=person)
    return made


@pytest.fixture
def other_lead(issuer: Organisation) -> Person:
    return cast.make_person("Olga Other", (issuer, Role.LEAD_ASSESSOR))


def press(client: Client, name: str, ref: str, data: dict[str, object]) -> Press:
    """Post a form of a page; the answer is its status."""
    return lambda: client.post(reverse(name, kwargs={"ref": ref}), data).status_code


def answers(*presses: Press | Callable[[], object]) -> list[object]:
    """What each got, all of it proper; a fault of ours, or a lock that nobody gave up, is none."""
    got = at_the_same_moment(*presses)
    assert not [each for each in got if isinstance(each, Exception)], got
    assert {each for each in got if isinstance(each, int) and each > 100} <= PROPER, got
    return got


def hand_in_form(client: Client, seat: Assignment) -> Press:
    filled = {f"comment-{code}": f"About {code}." for code in ("A", "B")}
    revisions = {f"comment-revision-{code}": "1" for code in ("A", "B")}
    return press(client, "desk:read", seat.ref, {"action": "hand_in", **filled, **revisions})


def nothing_is_doubled() -> None:
    """One award an attempt that was demonstrated, one decision and one panel a round, one rater a seat."""
    demonstrated = Attempt.objects.filter(status=AttemptStatus.DEMONSTRATED).values_list("ref", flat=True)
    assert sorted(Award.objects.values_list("occasion", flat=True)) == sorted(f"attempt:{ref}" for ref in demonstrated)
    decided = Submission.objects.filter(decided_at__isnull=False).values_list("ref", flat=True)
    lines = JournalLine.objects.filter(event="submission:decision:made").values_list("subject", flat=True)
    assert sorted(lines) == sorted(f"submission:{ref}" for ref in decided)
    seats = Assignment.objects.filter(status__in=SEATED).values("panel", "seat").annotate(many=Count("pk"))
    assert not seats.filter(many__gt=1).exists()
    assert verify().first_break is None


def test_last_readings_handed_in_at_once_and_each_of_them_twice(
    version: Version, earners: list[Person], assessors: list[Person], lead_assessor: Person, client_of: Signed
) -> None:
    for earner in earners:
        sent = send_to_panel(hand_in(version, earner), lead_assessor)
        seats = [fill_in(seat) for seat in seats_of(sent)]
        forms = [(client_of(seat.rater), seat) for seat in seats * 2]
        got = answers(*(hand_in_form(client, seat) for client, seat in forms))
        assert got.count(302) >= 2
        assert Attempt.objects.get(earner=earner).status == AttemptStatus.DEMONSTRATED
    assert Award.objects.count() == TIMES
    nothing_is_doubled()


def test_work_is_handed_in_twice_while_it_is_withdrawn(
    version: Version, earners: list[Person], client_of: Signed
) -> None:
    for earner in earners:
        submission = write_evidence(starting.start(version=version, acting_person=earner))
        ref = submission.attempt.ref
        said: dict[str, object] = {"statements": ["privacy", "integrity"], "badge_evidence": ["R1"]}
        said["looked"] = [str(each.artifact.pk) for each in looked.to_look_through(work_on(submission.attempt))]
        clients = [client_of(earner) for _ in range(3)]
        answers(
            *(press(client, "assessment:submit", ref, said) for client in clients[:2]),
            press(clients[2], "assessment:withdraw", ref, {}),
        )
        told = JournalLine.objects.filter(subject=f"attempt:{ref}")
        assert told.filter(event="attempt:submission:submitted").count() <= 1
        assert told.filter(event="attempt:work:withdrawn").count() == 1
        assert Attempt.objects.get(earner=earner).status == AttemptStatus.WITHDRAWN
    nothing_is_doubled()


def test_work_is_withdrawn_while_two_leads_convene_its_panel(
    version: Version,
    earners: list[Person],
    assessors: list[Person],
    lead_assessor: Person,
    other_lead: Person,
    client_of: Signed,
) -> None:
    for earner in earners:
        submission = hand_in(version, earner)
        leads = [client_of(lead) for lead in (lead_assessor, other_lead)]
        answers(
            *(press(lead, "desk:check", submission.ref, {"verdict": "complete", "note": ""}) for lead in leads),
            press(client_of(earner), "assessment:withdraw", submission.attempt.ref, {}),
        )
        convened = Panel.objects.filter(subject=submission.ref).count()
        looks = CompletenessCheck.objects.filter(submission=submission).count()
        now = Attempt.objects.get(earner=earner).status
        assert (now, convened, looks) in {(AttemptStatus.WITHDRAWN, 0, 0), (AttemptStatus.IN_REVIEW, 1, 1)}
    nothing_is_doubled()


def test_the_clock_takes_a_reading_while_it_is_handed_in(
    version: Version, earners: list[Person], assessors: list[Person], lead_assessor: Person, client_of: Signed
) -> None:
    for earner in earners:
        sent = send_to_panel(hand_in(version, earner), lead_assessor)
        seat, other = (fill_in(each) for each in seats_of(sent))
        later = timezone.now() + timedelta(days=60)
        client, other_client = client_of(seat.rater), client_of(other.rater)
        answers(
            hand_in_form(client, seat),
            lambda now=later: expiring.release_expired(now=now),
            hand_in_form(other_client, other),
            lambda now=later: expiring.release_expired(now=now),
        )
        for each in (seat, other):
            each.refresh_from_db()
            lines = JournalLine.objects.filter(subject=f"reading:{each.ref}")
            ended = lines.filter(Q(event="panel:reading:handed-in") | Q(event="panel:seat:expired"))
            assert ended.count() == 1
            assert each.status in {AssignmentStatus.SUBMITTED, AssignmentStatus.EXPIRED}
        assert Assignment.objects.filter(panel=sent.panel, status__in=SEATED).count() == 2
    nothing_is_doubled()


def test_two_leads_answer_one_appeal_while_it_is_taken_back(
    version: Version,
    earners: list[Person],
    assessors: list[Person],
    lead_assessor: Person,
    other_lead: Person,
    issuer: Organisation,
    client_of: Signed,
) -> None:
    third_lead = appeals.new_lead(issuer)
    for earner in earners:
        attempt = appeals.judged_not_yet(version, earner, lead_assessor)
        appeal = appeals.lodged(attempt)
        answers(
            press(client_of(other_lead), "appeals:look", appeal.ref, {"answer": "admit"}),
            press(client_of(third_lead), "appeals:look", appeal.ref, {"answer": "refuse", "reason": "No."}),
            press(client_of(earner), "appeals:withdraw", attempt.ref, {}),
        )
        appeal.refresh_from_db()
        is_read = appeal.status == AppealStatus.READING
        assert appeal.status != AppealStatus.LODGED
        assert Submission.objects.filter(reread_of=appeal.submission_id).count() == is_read
        told = JournalLine.objects.filter(subject=f"attempt:{attempt.ref}", event__startswith="attempt:appeal:")
        assert told.count() == 2
    assert Appeal.objects.count() == TIMES
    nothing_is_doubled()


def test_an_appeal_is_lodged_twice_while_the_next_round_opens(
    version: Version, earners: list[Person], assessors: list[Person], lead_assessor: Person, client_of: Signed
) -> None:
    for earner in earners:
        attempt = appeals.judged_not_yet(version, earner, lead_assessor)
        said = {"grounds": ["overlooked"], "words-B": "It is in the second part."}
        answers(
            press(client_of(earner), "appeals:appeal", attempt.ref, said),
            press(client_of(earner), "appeals:appeal", attempt.ref, said),
            press(client_of(earner), "assessment:next-round", attempt.ref, {}),
        )
        made = (Appeal.objects.filter(submission__attempt=attempt).count(), attempt.submissions.count())
        assert made in {(1, 1), (0, 2)}
    nothing_is_doubled()


def test_a_version_that_is_retired_while_the_next_is_published(
    client_of: Signed, designer: Person, issuing_officer: Person, version: Version
) -> None:
    made = version.micro_credential
    for _ in range(TIMES):
        made.refresh_from_db()
        draft = drafting.begin_next(version=made.current, acting_person=designer)
        publish = press(client_of(issuing_officer), "studio:publish", draft.ref, {})
        officer = client_of(issuing_officer)
        retire = reverse("studio:retire", kwargs={"slug": made.slug})
        answers(publish, lambda officer=officer, retire=retire: officer.post(retire).status_code)
        assert made.versions.filter(status="published").count() <= 1
    assert verify().first_break is None


def test_two_officers_who_suspend_the_same_recognition(
    client_of: Signed, state: State, agency: Organisation, state_officer: Person, version: Version
) -> None:
    signing_keys.create_key(organisation=agency, acting_person=None)
    deciding.record_decision(
        state=state,
        decided_by=agency,
        version=version,
        outcome=Outcome.RECOGNISED,
        valid_from=timezone.localdate() - timedelta(days=3),
        acting_person=None,
    )
    other = cast.make_person("Otto Other", (agency, Role.STATE_OFFICER))
    address = reverse("oversight:of", kwargs={"slug": version.micro_credential.slug})
    sent = {"action": "suspend", "reason": "It shows pupils' names."}
    one, two = client_of(state_officer), client_of(other)
    got = answers(lambda: one.post(address, sent).status_code, lambda: two.post(address, sent).status_code)
    assert sorted(map(str, got)) == ["302", "409"]
    assert QualityDecision.objects.filter(outcome=Outcome.SUSPENDED).count() == 1
