"""A state at work on quality: designs, applications and renewal plans in review, with words that tell on everybody.

Of each sort one review is half read, one is talked over by readers who differ, and one is decided. What a reader wrote,
who they are, and who wrote what they read are words of their own, so wherever one is found it is known what leaked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.directory import enrolling, registering
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import OrganisationKind, Role
from longleaf.panels import rating, reconciling
from longleaf.panels.instruments import criteria_to_rate
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.status import SEATED
from longleaf.quality.agencies import submitting
from longleaf.quality.models import Instrument, Review
from longleaf.quality.reviewing import deciding, reading, talking
from longleaf.quality.status import Judges, Outcome
from longleaf.quality.tests.agencies import stage as applying
from longleaf.quality.tests.reviewing import stage as reviewing
from tests import cast
from tests.blindness.words import Words, folded

DIFFERING_TALK = {"readers": 2, "when_they_differ": "third_reader", "decides": "third", "reconciliation": {"days": 7}}
REVIEWERS = ("rhea", "rolf", "rita", "remo", "rosa")
STAGES = ("half", "differing", "decided")
# One more, of a design: it is read, and waits for an officer.
READ = "read"
# And one that was talked over without end, so that a third reads it.
TALKED = "talked"
# Who applies for what, by the stage that their review is brought to.
ISSUERS = dict(zip(STAGES, ("AUTHOR", "RIVAL", "THIRD"), strict=True))
UNITS = dict(zip(STAGES, ("SCHOOLS", "ELSEWHERE", "OUTSIDE"), strict=True))


class Kind(StrEnum):
    """What a word tells."""

    READER = "who reads"
    WRITER = "who wrote what is read"
    OWNER = "whose design it is"
    FINDING = "what a reader wrote on it"
    REMARK = "what readers who differ said to each other"
    REASON = "why a reading was given back"
    NOTE = "what was said to the officer who decides"


@dataclass(frozen=True)
class Told:
    """A word and what it tells: of a person or an organisation, of a review (its reference), or of both."""

    word: str
    kind: Kind
    of: int = 0
    review: str = ""


@dataclass
class Reviewed:
    """The people by the part they play, the reviews by sort and stage, and every word that tells."""

    words: Words
    state: State
    organisations: dict[str, Organisation]
    people: dict[str, Person] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    secrets: dict[str, Told] = field(default_factory=dict)

    def secret(self, kind: Kind, of: int = 0, review: Review | None = None) -> str:
        """A new word that tells this."""
        word = self.words.new()
        self.secrets[word] = Told(word, kind, of, review.ref if review else "")
        return word

    @property
    def agency(self) -> Organisation:
        return self.organisations["AGENCY"]

    def seats(self, review: Review) -> list[Assignment]:
        seated = Assignment.objects.filter(panel=review.panel_id, status__in=SEATED)
        return list(seated.select_related("rater", "panel__rubric").order_by("seat"))


def build(words: Words, *, levels: Sequence[bool] = (True, False, True)) -> Reviewed:
    """The state. `levels` says which of the criteria the first reader finds met, over and over; where readers are to
    differ, the second finds the opposite."""
    house = _found(words)
    _enrol(house)
    _put_up(house)
    for name, review in house.reviews.items():
        _bring_on(house, review, name.partition(" ")[2], levels)
        review.refresh_from_db()
    return house


def _found(words: Words) -> Reviewed:
    state = cast.make_state()
    cast.make_organisations(state)
    house = Reviewed(words, state, {})
    sorts = dict.fromkeys(ISSUERS.values(), OrganisationKind.NONPROFIT)
    sorts["MAKER"] = OrganisationKind.NONPROFIT
    sorts |= dict.fromkeys(UNITS.values(), OrganisationKind.DISTRICT)
    worn = {code: words.new() for code in sorts}
    registering.register_organisations(
        state=state,
        organisations={
            code: {"slug": f"{worn[code]}-house", "name": f"{worn[code].title()} House", "kind": kind,
                   "standing": "synthetic"}
            for code, kind in sorts.items()
        },
    )  # fmt: skip
    house.organisations |= {each.code: each for each in Organisation.objects.filter(state=state)}
    # Of an application everybody who reads it knows whose it is; of a design, nobody who reads it does.
    house.secrets[worn["MAKER"]] = Told(worn["MAKER"], Kind.OWNER, house.organisations["MAKER"].pk)
    signing_keys.create_key(organisation=house.agency, acting_person=None)
    reviewing.publish(state, reviewing.rubric(panel_rule=DIFFERING_TALK))
    for judges in (Judges.AGENCY, Judges.PLAN):
        criteria = applying.of_pack("example") | {"code": f"by-{judges}", "panel_rule": DIFFERING_TALK}
        applying.publish(state, criteria, judges)
    # A word of its own, so that it is seen which of the labels on a page is whose.
    Instrument.objects.update(standing="proposed")
    return house


def _enrol(house: Reviewed) -> None:
    agency = house.agency
    for name in REVIEWERS:
        _person(house, name, Kind.READER, (agency, Role.REVIEWER))
    # One who decides on other reviews reads as well.
    _person(house, "both", Kind.READER, (agency, Role.REVIEWER), (agency, Role.STATE_OFFICER))
    _person(house, "officer", None, (agency, Role.STATE_OFFICER))
    _person(house, "lead", None, (agency, Role.LEAD_ASSESSOR))
    _person(house, "idle", None, (house.organisations["D1"], Role.EDUCATOR))
    _person(house, "designer", Kind.WRITER, (house.organisations["MAKER"], Role.DESIGNER))
    for code in ISSUERS.values():
        _person(house, code.lower(), Kind.WRITER, (house.organisations[code], Role.ISSUER))
    for code in UNITS.values():
        _person(house, code.lower(), Kind.WRITER, (house.organisations[code], Role.PSU_OFFICER))


def _person(house: Reviewed, name: str, kind: Kind | None, *posts: tuple[Organisation, Role]) -> None:
    first, last, address = house.words.worn(), house.words.worn(), house.words.new()
    person = enrolling.enrol(email=f"{address}@example.test", name=f"{first} O’{last}", acting_person=None)
    for organisation, role in posts:
        enrolling.give_role(person=person, organisation=organisation, role=role, acting_person=None, since=cast.SINCE)
    if kind is not None:
        for word in (folded(first), folded(last), address, person.ref):
            house.secrets[word] = Told(word, kind, person.pk)
    house.people[name] = person


def _put_up(house: Reviewed) -> None:
    for stage in (*STAGES, READ, TALKED):
        slug = house.secret(Kind.OWNER, house.organisations["MAKER"].pk)
        document = cast.make_document(
            slug=f"{slug}-{stage}", title=f"A design that is {stage}", standing="reconstructed"
        )
        version = cast.publish(house.state, house.organisations["MAKER"], document)
        note = house.secret(Kind.NOTE, house.organisations["MAKER"].pk)
        house.reviews[f"design {stage}"] = reviewing.hand_in(version, house.people["designer"], note=note)
    for stage in STAGES:
        for judges, applicants in ((Judges.AGENCY, ISSUERS), (Judges.PLAN, UNITS)):
            organisation = house.organisations[applicants[stage]]
            writer = house.people[applicants[stage].lower()]
            draft = applying.show(applying.begin(organisation, writer, judges), writer)
            note = house.secret(Kind.NOTE, organisation.pk)
            house.reviews[f"{judges} {stage}"] = submitting.submit(application=draft, note=note, acting_person=writer)


def _bring_on(house: Reviewed, review: Review, stage: str, levels: Sequence[bool]) -> None:
    if stage == "half":
        # One gives it back, so that somebody else is asked in their place.
        refused = house.seats(review)[0]
        reason = house.secret(Kind.REASON, refused.rater_id, review)
        rating.decline(assignment=refused, reason=f"I met {reason}.", acting_person=refused.rater)
        first, second = house.seats(review)
        hand_in(house, first, levels)
        fill_in(house, second, [not each for each in levels])
        return
    first, second = house.seats(review)
    hand_in(house, first, levels)
    differ = stage in {"differing", TALKED}
    hand_in(house, second, [not each for each in levels] if differ else levels)
    if differ:
        talk(house, first)
    if stage == TALKED:
        talking.settle(assignment=second, acting_person=second.rater)
        fill_in(house, house.seats(review)[-1], levels)
    if stage != "decided":
        return
    review.refresh_from_db()
    unmet = deciding.not_met(review)
    in_a_year = timezone.localdate() + timedelta(days=360)
    facts: dict[str, Any] = {"outcome": Outcome.RETURNED, "changes": dict.fromkeys(unmet, "Say more of it.")}
    if not unmet:
        scope = "Everything that was asked for." if review.application_id else ""
        facts = {"outcome": Outcome.RECOGNISED, "valid_until": in_a_year, "scope": scope}
    deciding.decide(review=review, letter="It was read with care.", acting_person=house.people["officer"], **facts)


def fill_in(house: Reviewed, seat: Assignment, met: Sequence[bool]) -> None:
    """Take a reading up, rate everything with a comment that tells, and quote."""
    reading.take_up(assignment=seat, declared=True, acting_person=seat.rater)
    review = Review.objects.get(panel=seat.panel_id)
    words = applying.WORDS if review.application_id else reviewing.WORDS
    levels = review.instrument.document["levels"]
    for number, each in enumerate(criteria_to_rate(seat.panel)):
        level = levels[-1 if met[number % len(met)] else 0]["code"]
        facts: dict[str, Any] = {"assignment": seat, "criterion": each.code, "acting_person": seat.rater, "revision": 0}
        rating.rate(level=level, comment=f"See {house.secret(Kind.FINDING, seat.rater_id, review)}.", **facts)
        reading.quote(words=words, **facts)


def hand_in(house: Reviewed, seat: Assignment, met: Sequence[bool]) -> Panel:
    fill_in(house, seat, met)
    return reading.hand_in_reading(assignment=seat, acting_person=seat.rater)


def talk(house: Reviewed, seat: Assignment) -> None:
    """The first says something, gives a level anew, and has talked it over; the other has not."""
    review = Review.objects.get(panel=seat.panel_id)
    kept: Mapping[str, str] = dict(seat.ratings.values_list("criterion", "level"))
    code = criteria_to_rate(seat.panel)[0].code
    other = next(each["code"] for each in review.instrument.document["levels"] if each["code"] != kept[code])
    facts: dict[str, Any] = {"assignment": seat, "criterion": code, "acting_person": seat.rater}
    reconciling.say(text=f"Look at {house.secret(Kind.REMARK, seat.rater_id, review)}.", **facts)
    reconciling.revise(level=other, reason=f"As {house.secret(Kind.REMARK, seat.rater_id, review)}.", **facts)
    talking.settle(assignment=seat, acting_person=seat.rater)
