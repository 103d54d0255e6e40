"""A whole installation at work, made by the verbs, in which everything that could tell whose work it is really does.

Attempts stand at every point of their way, in the hands of people of whom each has a name, an address, an employer and
words of their own. Earners act at minute 47 of an hour and judges at minute 23, so that a time that is told is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from longleaf.assessment import completeness, retrying, scoring, submitting, withdrawing
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.appeals import admitting, lodging
from longleaf.assessment.desk import noting, phrasing
from longleaf.assessment.desk.phrases import ANYTHING
from longleaf.assessment.desk.places import Place
from longleaf.assessment.mentoring import accepting, inviting
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.models.attempt import new_submission_reference
from longleaf.assessment.privacy import comparing
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.calibrated import calibrate
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.awards.sharing import visibility as sharing
from longleaf.awards.status import Visibility
from longleaf.catalog.models import Version
from longleaf.directory import enrolling, registering
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import OrganisationKind, Role
from longleaf.panels import adjudicating, rating, telling_leads
from longleaf.panels.blindness import Fact
from longleaf.panels.calibration import back_reading, gating, seeding, testing
from longleaf.panels.errors import NothingToReadAgain
from longleaf.panels.models import Assignment, Certification, Panel, PoolMember
from longleaf.panels.pool import leading, telling
from longleaf.panels.status import SEATED, AnchorUse
from longleaf.panels.tests.calibration.stage import train
from tests import cast
from tests.blindness.evidence import begin
from tests.blindness.words import Words, folded

MEETS, NOT_YET = "demonstrated", "not-yet"
EARNER_MINUTE, JUDGE_MINUTE = "47", "23"
FIRST_DAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
VISITED_AT = datetime(2026, 3, 12, 15, 5, 11, tzinfo=UTC)
# The certificate is asked for and not required, so that readers with and without one sit beside each other.
GATE = {"certification": "recommended", "training": {"anchors": 1}, "test": {"anchors": 4}, "seeding": {"one_in": 2}}


@dataclass(frozen=True)
class Secret:
    """A word and what it tells: a fact of a piece of work, or (`fact` None) something for its owner alone."""

    word: str
    fact: Fact | None
    of: int  # the person whom it is about, or who wrote it
    work: str = ""  # the attempt, where it belongs to one


@dataclass
class House:
    """The people by the part they play, what they work on, and every word that tells."""

    words: Words
    version: Version
    organisations: dict[str, Organisation]
    people: dict[str, Person] = field(default_factory=dict)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # what each of the organisations is called
    day: int = 0

    @property
    def issuer(self) -> Organisation:
        return self.organisations["ISSUER"]

    @property
    def asked(self) -> list[dict[str, Any]]:
        """What its micro-credential asks for, as another one may ask for it too."""
        found: list[dict[str, Any]] = self.version.document["requirements"]
        return found

    def secret(self, fact: Fact | None, of: Person, work: Attempt | None = None) -> str:
        """A new word that tells this."""
        word = self.words.new()
        self.secrets[word] = Secret(word, fact, of.pk, work.ref if work else "")
        return word

    @contextmanager
    def at_work(self, minute: str) -> Iterator[None]:
        """The next moment at which somebody does something."""
        self.day += 1
        moment = FIRST_DAY + timedelta(hours=self.day // 3, minutes=int(minute), seconds=self.day % 60)
        with time_machine.travel(moment, tick=False):
            yield


ALONE = (
    "drafting", "waiting", "returned", "read", "third", "lodging", "appealing", "earning", "again", "withdrawn", "both",
    "refused", "short",
)  # fmt: skip
# Who make one piece of their evidence with each other.
TOGETHER = ("teamed", "mated")
EARNERS = ALONE + TOGETHER
ASSESSORS = ("one", "two", "three", "four", "five")
READ_NOT_YET = {"A": MEETS, "B": NOT_YET}


def build(words: Words, *, arriving: Sequence[str] = ALONE) -> House:
    """The installation. `arriving` is the order in which people begin and hand in."""
    with time_machine.travel(FIRST_DAY, tick=False):
        house = _found(words)
        _enrol(house)
        _calibrate(house)
        leading.invite(
            pool=house.organisations["ISSUER"],
            address=house.people["coach"].email,
            acting_person=house.people["checker"],
        )
    for name in arriving:
        with house.at_work(EARNER_MINUTE):
            house.attempts[name] = begin(house, name)
    _let_a_mentor_look(house)
    for name in arriving:
        if name != "drafting":
            with house.at_work(EARNER_MINUTE):
                hand_in(house, name)
    _tell(house)
    _let_a_lead_decide(house)
    return house


def _found(words: Words) -> House:
    """The state, the issuer, and a micro-credential that asks for everything that can be asked for."""
    state = cast.make_state()
    cast.make_organisations(state)
    places = {code: words.new() for code in ("SCHOOLS", "ELSEWHERE", "OUTSIDE")}
    facts = {"kind": OrganisationKind.DISTRICT, "standing": "synthetic"}
    registering.register_organisations(
        state=state,
        organisations={
            code: {**facts, "slug": f"{word}-schools", "name": f"{word.title()} Schools"}
            for code, word in places.items()
        },
    )
    organisations = {each.code: each for each in Organisation.objects.filter(state=state)}
    document = cast.make_document(
        standing="reconstructed", ai_policy={"rule": "allowed", "text": "Say which, and for what."}
    )
    asked = [{**each, "shows_people": each["code"] == "R2"} for each in document["requirements"]]
    version = cast.publish(
        state, organisations["ISSUER"], {**document, "requirements": asked}, [cast.make_items(state)["MTS-2"]]
    )
    signing_keys.ensure_key(organisation=organisations["ISSUER"], acting_person=None)
    return House(words, version, organisations, places=places)


def _enrol(house: House) -> None:
    issuer, schools = house.organisations["ISSUER"], house.organisations["SCHOOLS"]
    outside, elsewhere = house.organisations["OUTSIDE"], house.organisations["ELSEWHERE"]
    for name in EARNERS:
        posts = [(elsewhere if name == "both" else schools, Role.EDUCATOR)]
        _person(house, name, Fact.SUBJECT_NAME, *posts, *([(issuer, Role.ASSESSOR)] if name == "both" else []))
    for name in ASSESSORS:
        _person(house, name, Fact.RATER_NAMES, (issuer, Role.ASSESSOR), (outside, Role.EDUCATOR))
    for name in ("checker", "looker"):
        _person(house, name, Fact.RATER_NAMES, (issuer, Role.LEAD_ASSESSOR), (outside, Role.EDUCATOR))
    _person(house, "idle", None, (schools, Role.EDUCATOR))
    _person(house, "coach", None, (schools, Role.COACH))
    _person(house, "unasked", None, (house.organisations["D2"], Role.ASSESSOR))
    for name in (*ASSESSORS, "both"):
        telling.tell(at_a_time=100, a_month=500, languages=["en"], qualifications=[], acting_person=house.people[name])
    telling.declare_conflict(organisation=schools, reason="Family.", acting_person=house.people["five"])


def _person(house: House, name: str, fact: Fact | None, *posts: tuple[Organisation, Role]) -> None:
    """Somebody whose names and address are words that tell who they are."""
    first, last, address = house.words.worn(), house.words.worn(), house.words.new()
    person = enrolling.enrol(email=f"{address}@example.test", name=f"{first} O’{last}", acting_person=None)
    for organisation, role in posts:
        enrolling.give_role(person=person, organisation=organisation, role=role, acting_person=None, since=cast.SINCE)
    for word in (first, last, address):
        house.secrets[folded(word)] = Secret(folded(word), fact, person.pk)
    house.people[name] = person


def _calibrate(house: House) -> None:
    """One assessor is certified, so that anchors come to them among live work, and their readings are read again."""
    pool = house.organisations["ISSUER"]
    calibrate(house.version, house.people["checker"], house.people["one"], unseen=6)
    gating.set_gate(state=pool.state, pool=pool, document=GATE, acting_person=None)
    edition = anchoring.edition_of(house.version, acting_person=None)
    in_training = train(edition, house.people["two"])
    testing.begin_test(certification=in_training, acting_person=house.people["two"])


def hand_in(house: House, name: str) -> Submission:
    attempt = Attempt.objects.get(pk=house.attempts[name].pk)
    earner_cast.look_through(attempt)
    return submitting.submit(
        submission=current_submission(attempt),
        statements=["privacy", "integrity"],
        badge_evidence=["R1", "R2"],
        acting_person=attempt.earner,
    )


def _tell(house: House) -> None:
    """Bring each attempt to the point for which it is named."""
    looker = house.people["looker"]
    with house.at_work(EARNER_MINUTE):
        withdrawing.withdraw(attempt=house.attempts["withdrawn"], acting_person=house.people["withdrawn"])
    for name in ("returned", "read", "third", "lodging", "appealing", "earning", "again", "both", "refused"):
        _check(house, name, missing=["R1.1"] if name == "returned" else [])
    _leave_short(house)
    _read_in_part(house)
    for name in ("lodging", "appealing", "again", "refused"):
        for seat in seats_of(house, name):
            read(house, seat, READ_NOT_YET)
    for seat in seats_of(house, "earning"):
        read(house, seat, {"A": MEETS, "B": MEETS})
    _appeal(house, looker)
    with house.at_work(EARNER_MINUTE):
        # Else whoever is given its link sees whose badge it is, as its earner wants.
        sharing.set_visibility(
            award=Award.objects.get(), visibility=Visibility.PRIVATE, acting_person=house.people["earning"]
        )
        earned = current_submission(house.attempts["earning"])
        anchoring.lend(submission=earned, consent_covers_training=True, acting_person=house.people["earning"])
    with house.at_work(JUDGE_MINUTE):
        use = AnchorUse.UNSEEN
        anchoring.anchor_lent(submission=earned, title="Lent work", use=use, acting_person=looker)
    with house.at_work(EARNER_MINUTE):
        retrying.open_round(
            attempt=Attempt.objects.get(pk=house.attempts["again"].pk), acting_person=house.people["again"]
        )
    _watch(house, looker)


def _let_a_lead_decide(house: House) -> None:
    """Two pieces of work whose readers differ, under a rule that lets a lead decide; a lead has one of them."""
    document = cast.make_document(
        slug="decided-by-a-lead",
        standing="reconstructed",
        panel_rule={"readers": 2, "when_they_differ": "lead"},
        requirements=house.asked,
    )
    with time_machine.travel(FIRST_DAY, tick=False):
        led = replace(house, version=cast.publish(house.version.micro_credential.state, house.issuer, document))
    for name in ("drafting", "withdrawn"):
        with house.at_work(EARNER_MINUTE):
            begun = begin(led, name)
            earner_cast.look_through(begun)
            submission = submitting.submit(
                submission=current_submission(begun),
                statements=["privacy", "integrity"],
                badge_evidence=["R1"],
                acting_person=house.people[name],
            )
        with house.at_work(JUDGE_MINUTE):
            checker = house.people["checker"]
            completeness.check(submission=submission, missing=[], note="", acting_person=checker)
        for seat, level in zip(seats_of_submission(submission), (MEETS, NOT_YET), strict=True):
            read(house, seat, {"A": level, "B": MEETS})
    with house.at_work(JUDGE_MINUTE):
        adjudicating.take(panel=Panel.objects.get(subject=submission.ref).ref, acting_person=house.people["looker"])


def _let_a_mentor_look(house: House) -> None:
    """A coach looks at a draft before anybody judges it."""
    coach = house.people["coach"]
    with house.at_work(EARNER_MINUTE):
        invited = inviting.invite(
            attempt=house.attempts["drafting"],
            address=coach.email,
            requirements=["R1", "R2", "R3"],
            acting_person=house.people["drafting"],
        )
        accepting.accept(mentorship=invited, acting_person=coach)


def _check(house: House, name: str, *, missing: Sequence[str] = ()) -> None:
    with house.at_work(JUDGE_MINUTE):
        completeness.check(
            submission=current_submission(house.attempts[name]),
            missing=missing,
            note="Name the aim." if missing else "",
            acting_person=house.people["checker"],
        )


def _leave_short(house: House) -> None:
    """A panel for which too few may be asked: some are paused, one has declared a conflict with the school unit."""
    checker = house.people["checker"]
    others = PoolMember.objects.filter(assessor__in=[house.people[name].pk for name in ("one", "two", "three", "four")])
    with house.at_work(JUDGE_MINUTE):
        for member in others:
            leading.pause(member=member, acting_person=checker)
    _check(house, "short")
    with house.at_work(JUDGE_MINUTE):
        for member in others:
            leading.resume(member=member, acting_person=checker)


def _read_in_part(house: House) -> None:
    """A reading under way with a note and a comment, one given back, and one that calls a third reader."""
    (first, *_) = seats_of(house, "read")
    _fill_in(house, first, {"A": MEETS})
    with house.at_work(JUDGE_MINUTE):
        noting.note(
            reading=first.ref,
            exhibit="R3-1",
            known=["R3-1"],
            place=Place(second=1),
            text=house.secret(Fact.COMMENTS, first.rater, first_attempt(first)),
            acting_person=first.rater,
        )
    _keep_and_tell(house)
    seats = seats_of(house, "third")
    with house.at_work(JUDGE_MINUTE):
        reason = f"I know {house.secret(Fact.SUBJECT_NAME, house.people['third'])}."
        rating.decline(assignment=seats[0], reason=reason, acting_person=seats[0].rater)
    for seat, level in zip(seats_of(house, "third"), (MEETS, NOT_YET), strict=True):
        read(house, seat, {"A": MEETS, "B": level})
    _fill_in(house, seats_of(house, "third")[2], {"A": NOT_YET})


def _keep_and_tell(house: House) -> None:
    """Phrases of two readers and of their pool, and a note to the lead on a reading that will be handed in."""
    with house.at_work(JUDGE_MINUTE):
        for name in ("one", "two"):
            phrasing.keep(text=house.secret(None, house.people[name]), about=ANYTHING, acting_person=house.people[name])
        checker = house.people["checker"]
        phrasing.keep(text="Name one change.", about=ANYTHING, pool=house.issuer, acting_person=checker)
        seat = seats_of(house, "third")[1]
        rating.take_up(assignment=seat, acting_person=seat.rater)
        telling_leads.tell(assignment=seat, text="The picture is blurred.", revision=0, acting_person=seat.rater)


def _appeal(house: House, looker: Person) -> None:
    for name in ("refused", "lodging", "appealing"):
        attempt = Attempt.objects.select_related("version").get(pk=house.attempts[name].pk)
        with house.at_work(EARNER_MINUTE):
            words = {"B": "The second draft is the picture in the second part."}
            appeal = lodging.lodge(attempt=attempt, grounds=["overlooked"], words=words, acting_person=attempt.earner)
        if name == "refused":
            with house.at_work(JUDGE_MINUTE):
                admitting.refuse(appeal=appeal, reason="It was looked at.", acting_person=looker)
    with house.at_work(JUDGE_MINUTE):
        reread = admitting.admit(appeal=appeal, acting_person=looker).reread
    assert reread
    (seat, *_) = seats_of_submission(reread)
    _fill_in(house, seat, {"B": MEETS})


def _watch(house: House, looker: Person) -> None:
    """Likenesses are found, an anchor comes among live work, and a reading is read again."""
    with house.at_work(JUDGE_MINUTE):
        now = timezone.now()
        while comparing.compare_handed_in(now=now):
            pass
        for held in Certification.objects.filter(person=house.people["one"]):
            try:
                back_reading.draw(certification=held, acting_person=looker)
            except NothingToReadAgain:
                continue
    with time_machine.travel(VISITED_AT - timedelta(days=1), tick=False):
        seeding.seed(new_subject=new_submission_reference, secret="of this house", now=timezone.now())


def seats_of(house: House, name: str) -> list[Assignment]:
    return seats_of_submission(Submission.objects.get(attempt=house.attempts[name].pk, round=1, reread_of=None))


def seats_of_submission(submission: Submission) -> list[Assignment]:
    seats = Assignment.objects.filter(panel__subject=submission.ref, status__in=SEATED)
    return list(seats.select_related("rater", "panel__rubric").order_by("seat"))


def read(house: House, seat: Assignment, levels: Mapping[str, str]) -> None:
    _fill_in(house, seat, levels)
    with house.at_work(JUDGE_MINUTE):
        scoring.submit_reading(assignment=seat, acting_person=seat.rater)


def _fill_in(house: House, seat: Assignment, levels: Mapping[str, str]) -> None:
    with house.at_work(JUDGE_MINUTE):
        rating.take_up(assignment=seat, acting_person=seat.rater)
        for criterion, level in levels.items():
            rating.rate(
                assignment=seat,
                criterion=criterion,
                level=level,
                comment=house.secret(Fact.COMMENTS, seat.rater, first_attempt(seat)),
                revision=0,
                acting_person=seat.rater,
            )


def first_attempt(seat: Assignment) -> Attempt:
    return Submission.objects.select_related("attempt").get(ref=seat.panel.subject).attempt
