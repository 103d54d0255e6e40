"""What is acted out: the people, what they have, and how far each story has come. Read from `demonstrations/`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from longleaf.directory.status import Role


class Moment(StrEnum):
    """How far a story has come, in the order in which it goes; `make demo AT=` chooses one for the headline."""

    START = "start"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SCORING = "scoring"
    THIRD = "third"
    NOT_YET = "not-yet"
    RESUBMITTED = "resubmitted"
    BADGE = "badge"
    RENEWAL = "renewal"

    def is_reached_by(self, until: Moment) -> bool:
        order = list(Moment)
        return order.index(self) <= order.index(until)


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Post(Part):
    organisation: str
    role: Role


class Licence(Part):
    kind: str
    role: str
    issued: date
    expires: date
    areas: tuple[str, ...] = ()


class Credit(Part):
    kind: str
    title: str
    amount: Decimal | None
    earned_on: date
    topics: tuple[str, ...] = ()
    alignments: tuple[str, ...] = ()


class Away(Part):
    """Days away, counted from the day on which the script is acted out."""

    from_day: int
    days: int


class Conflict(Part):
    organisation: str
    reason: str


class Reads(Part):
    """What an assessor tells of themselves (`panels.pool.telling`)."""

    at_a_time: int
    a_month: int
    languages: tuple[str, ...]
    qualifications: tuple[str, ...] = ()
    away: Away | None = None
    conflicts: tuple[Conflict, ...] = ()


class Person(Part):
    key: str
    name: str
    about: str
    roles: tuple[Post, ...]
    licence: Licence | None = None
    credits: tuple[Credit, ...] = ()
    reads: Reads | None = None


class Value(Part):
    organisation: str
    by: str
    credits_per_effort_hour: Decimal
    valid_from: date
    reason: str


Readings = dict[str, tuple[str, str]]


class Appeal(Part):
    """What the earner objects to after a decision of not yet. `read_anew` is what the new readers find; without it the
    appeal waits to be looked at."""

    grounds: tuple[str, ...]
    words: dict[str, str]
    read_anew: Readings | None = None


class Story(Part):
    """One attempt, told once the headline has come as far as `only_from`; `appeal` follows on its first decision.

    `readings` gives level and comment by criterion; without them everything is demonstrated. With `few_files` a file is
    brought only where nothing else is taken. A `mentor` looks at the draft and writes `advice` by requirement.
    """

    earner: str
    micro_credential: str
    until: Moment = Moment.SCORING
    texts: dict[str, str] = {}
    readings: dict[str, Readings] = {}
    mended: Readings = {}
    missing_note: str = ""
    mentor: str = ""
    advice: dict[str, str] = {}
    only_from: Moment = Moment.START
    few_files: bool = False
    appeal: Appeal | None = None


class Team(Part):
    """Two who make one piece of evidence together: who brings it, who joins, and what each says of their own part.

    `tool` is what both say of the tool that helped; `mentor` writes `advice` to whoever joined.
    """

    micro_credential: str
    requirement: str
    brings: str
    joins: str
    parts: dict[str, str]
    tool: str
    mentor: str
    advice: str


class Calibration(Part):
    """A micro-credential whose assessors are certified before anybody reads: its gate, samples, and who is certified.

    `training` and `unseen` count the samples that its lead writes and sets the levels of.
    """

    micro_credential: str
    lead: str
    gate: dict[str, Any]
    training: int
    unseen: int
    certified: tuple[str, ...]


class RenewalPlan(Part):
    """What a school unit's plan says to ledgers: one outcome in place of what it sets aside, and one measure."""

    title: str
    begins_in_days: int
    years: int
    sets_aside: tuple[str, ...]
    outcome: str
    at_least: int
    accepts: tuple[str, ...] = ()
    measure: str
    target: int
    unit: str


class Application(Part):
    """An application of an organisation, by one of its officers; `shown` is how many criteria a draft shows so far.

    `pathways` are codes of those of the state that it asks to run (`quality.pathways.naming`).
    """

    organisation: str
    by: str
    judged_as: Literal["agency", "pathway", "plan"]
    until: Literal["draft", "in_review", "approved"]
    scope: str
    pathways: tuple[str, ...] = ()
    words: dict[str, str] = {}
    shown: int = 0
    letter: str = ""
    condition: str = ""
    plan: RenewalPlan | None = None


class Judged(Part):
    """Work of an educator of whom nothing else is told: which level each reader finds, in the order of the criteria."""

    earner: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    third: tuple[str, ...] = ()


class Judgements(Part):
    """Many judgements by one rubric, made before anybody's story begins: figures of agreement stand on them."""

    micro_credential: str
    organisation: str
    works: tuple[Judged, ...]


class Brought(Part):
    """A badge of an invented issuer that somebody brings; `decided_by` accepts it for `credits`, or refuses it."""

    by: str
    shape: Literal["signed_inside", "hosted", "baked_long_ago"]
    host: str
    issuer: str
    title: str
    description: str
    criteria: str
    earned_on: date
    explanation: str = ""
    decided_by: str = ""
    credits: Decimal | None = None
    categories: tuple[str, ...] = ()
    reason: str = ""


class Money(Part):
    name: str
    kind: str
    fiscal_year: str
    budget: Decimal


class Reward(Part):
    """What a unit offers before anybody starts, open from the day on which the script is acted out; `paid` names whose
    is paid at its end, where they have earned it."""

    organisation: str
    by: str
    kind: Literal["stipend", "lane", "advanced_role", "leave", "other"]
    title: str
    micro_credentials: tuple[str, ...]
    needed: int = 0
    amount: Decimal = Decimal(0)
    what: str = ""
    money: Money | None = None
    conditions: str = ""
    cap: int | None = None
    open_days: int = 120
    days_to_earn: int = 240
    paid: tuple[str, ...] = ()


class Wish(Part):
    """What an educator misses in the catalog; designers read it and never by whom."""

    by: str
    text: str
    role: str = ""


class Designed(Part):
    """A need with its skills, and a draft for the first of them: what is typed by path, and what a reader says of it.

    `about` is the part of the draft that is commented on, `place` the path in it.
    """

    organisation: str
    by: str
    need: str
    skills: tuple[str, ...]
    item: str = ""
    typed: dict[str, str | tuple[str, ...]] = {}
    reader: str = ""
    about: str = ""
    place: str = ""
    comment: str = ""


class UnderReview(Part):
    """A design that is handed in and read now; `rated` components are rated by the first of its readers."""

    micro_credential: str
    by: str
    note: str
    rated: int
    comment: str


class Complained(Part):
    """A complaint about an organisation as an issuer; one with an answer is upheld."""

    by: str
    about: str
    text: str
    answered_by: str = ""
    answer: str = ""


class Requested(Part):
    """A request for credit that waits at the desk of a school unit."""

    by: str
    kind: str
    title: str
    amount: Decimal
    earned_on: date
    statement: str
    category: str = ""


class PolicyDraft(Part):
    """A draft of another policy: which of its values, by id, is worth what, and for which day it is reckoned."""

    by: str
    name: str
    value: str
    worth: dict[str, Any]
    reckoned_in_days: int


class Script(Part):
    people: tuple[Person, ...]
    values: tuple[Value, ...]
    # What the state asks of readers (`longleaf.panels.calibration.gates`), where not everything read has a calibration.
    gate: dict[str, Any] = {}
    calibrations: tuple[Calibration, ...] = ()
    judgements: tuple[Judgements, ...] = ()
    stories: tuple[Story, ...]
    teams: tuple[Team, ...] = ()
    headline: Story
    # Told last, so that whoever reads for the headline does not depend on them.
    appealed: tuple[Story, ...] = ()
    applications: tuple[Application, ...] = ()
    brought: tuple[Brought, ...] = ()
    rewards: tuple[Reward, ...] = ()
    wishes: tuple[Wish, ...] = ()
    designed: tuple[Designed, ...] = ()
    under_review: tuple[UnderReview, ...] = ()
    complaints: tuple[Complained, ...] = ()
    # Of how many cases an alarm is raised by a measure, where that is told.
    alarms_from: dict[str, int] = {}
    requests: tuple[Requested, ...] = ()
    policy_drafts: tuple[PolicyDraft, ...] = ()


def read_script(path: Path) -> Script:
    """The script in a file. Raises `pydantic.ValidationError` that names what is wrong."""
    return Script.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
