"""`micro-credentials/*.yaml`: one micro-credential per file, complete."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from longleaf.states.parts.values import (
    Code,
    Document,
    Icon,
    Language,
    Part,
    Slug,
    Sourced,
    Standing,
    Text,
    WebAddress,
)

Count = Annotated[int, Field(ge=1)]

# What a pack may leave unsaid is then left out of the document too: a version that says nothing of it is the document
# that it always was, and published ones never change.
SAID_WHERE_WANTED = frozenset(
    {
        "appeals",
        "ai_policy",
        "badge",
        "coach_after",
        "fee_waivers",
        "further_languages",
        "names_must_be_answered",
        "proposed_stacks",
        "replace_work",
        "samples",
        "shows_people",
        "team",
    }
)


def _said(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value or name not in SAID_WHERE_WANTED}


class Method(Part):
    """The approach that the earner uses, told well enough to be followed without a course."""

    name: Text
    description: Text
    steps: tuple[Text, ...]


class Reference(Part):
    title: Text
    authors: Text
    year: Annotated[int, Field(ge=1900, le=2100)]
    publication: str = ""
    url: WebAddress | None = None


class Research(Part):
    """Why the practice can be expected to work, with works that can be found."""

    summary: Text
    references: tuple[Reference, ...]


class Resource(Part):
    """Something open and free to learn from; without an address where it is best found by its title."""

    title: Text
    url: WebAddress | None
    note: Text


class Audience(Part):
    """Whom it is for, in codes of `vocabulary.yaml`; no grade band means that bands do not matter."""

    roles: tuple[Slug, ...]
    grade_bands: tuple[Slug, ...]


class SubmissionPart(Part):
    """A chapter of the submission."""

    code: Code
    title: Text
    description: Text


class Accepts(StrEnum):
    TEXT = "text"
    FILE = "file"
    LINK = "link"


class FileKind(StrEnum):
    PDF = "pdf"
    OFFICE = "office"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"


class WordLimits(Part):
    min: Annotated[int, Field(ge=0)]
    max: Count


class FileLimits(Part):
    """Which files a requirement takes, how many at most, and how large each may be."""

    kinds: tuple[FileKind, ...]
    most: Count
    megabytes: Count


class TeamLimits(Part):
    """How many people at most may make an artifact together; each of them is judged alone."""

    most: Annotated[int, Field(ge=2, le=10)]


class CompletionIndicator(Part):
    """Something that anyone can tick off before the work is judged: it is there, legible, audible."""

    code: Code
    text: Text


class AiRule(StrEnum):
    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    NOT_ASKED = "not_asked"


class AiPolicy(Part):
    """What holds of tools that write, draw or record for the earner; `text` is what the earner is told."""

    rule: AiRule
    text: str = ""


class Requirement(Part):
    """What is asked for, in which forms; `words` belongs to text, `files` to files.

    Where evidence `shows_people` (a recording of a lesson, student work), consent is logged before it is handed in.
    Where it has a `team`, people may make its artifact together, and each says what they did.
    """

    code: Code
    part: Code
    title: Text
    prompt: Text
    accepts: tuple[Accepts, ...]
    words: WordLimits | None = None
    files: FileLimits | None = None
    completion: tuple[CompletionIndicator, ...]
    shows_people: bool = False
    team: TeamLimits | None = None

    @model_serializer(mode="wrap")
    def _as_said(self, as_usual: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _said(as_usual(self))


class Alignment(Part):
    """A tie to an item of a framework, and how sure the tie is."""

    item: Code
    standing: Standing
    note: str = ""


class FeeWaiver(Part):
    """Who need not pay the fee, how they ask for that, and who says yes."""

    who: Text
    how: Text
    by: Text


class ProposedStack(Part):
    """A stack of which the designer would make it a part, by its slug; whose stack it is takes it in or not."""

    stack: Slug
    why: str = ""


class SampleOrigin(StrEnum):
    INVENTED = "invented"
    REAL = "real"


class SampleEvidence(Part):
    """A piece of evidence to look at, where it can be opened. What somebody real made stands here by their consent.

    `shows` says what it is an example of, `consent` who agreed to that, to what, and when; never a learner's name.
    """

    title: Text
    url: WebAddress
    shows: Text
    origin: SampleOrigin
    consent: str = ""


class BadgeArtwork(Part):
    """What of the badge's drawing is the designer's: the icon, and words for the banner. The colour is the family's.

    Without an icon it is the family's own; without words the banner says the level that was shown.
    """

    icon: Icon | None = None
    banner: Annotated[str, Field(max_length=20)] = ""


class ReplaceWork(StrEnum):
    """What of the earlier work counts when a later round brings other work: what was met, or nothing."""

    KEEP_MET = "keep_met"
    START_OVER = "start_over"


class Appeals(Part):
    """How a decision is appealed; what is left out is as `assessment.appeals.rules` has it. All in business days."""

    lodge_within_business_days: Count | None = None
    look_within_business_days: Count | None = None
    answer_within_business_days: Count | None = None
    last_round_only: bool = False

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, as_usual: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in as_usual(self).items() if value is not None}


class MicroCredential(Sourced):
    """One version of a micro-credential. `issuer` and `family` are codes, `fee` is in whole currency units.

    `rubric` and `panel_rule` are documents of `longleaf.engines.rubrics`; `attempts` is null where there is
    no limit; `sample` describes, as an invention, what good evidence looks like, and `samples` leads to some.
    `language` is the one that it is written in, `further_languages` are those in which work may be handed in as well.
    """

    slug: Slug
    title: Text
    issuer: Code
    family: Slug
    version: Count
    language: Language
    summary: Text
    competency: Text
    matters: Text
    method: Method
    research: Research
    resources: tuple[Resource, ...]
    audience: Audience
    topics: tuple[Slug, ...]
    effort_hours: Count
    fee: Annotated[int, Field(ge=0)]
    turnaround_business_days: Count
    attempts: Count | None
    support: Text
    other_ways: Text
    review_by: date
    expires_after_years: Count | None
    parts: tuple[SubmissionPart, ...]
    requirements: tuple[Requirement, ...]
    rubric: Document
    panel_rule: Document
    alignments: tuple[Alignment, ...]
    sample: Text
    ai_policy: AiPolicy | None = None
    names_must_be_answered: bool = False
    appeals: Appeals | None = None
    replace_work: ReplaceWork | None = None
    coach_after: Count | None = None
    fee_waivers: tuple[FeeWaiver, ...] = ()
    further_languages: tuple[Language, ...] = ()
    proposed_stacks: tuple[ProposedStack, ...] = ()
    samples: tuple[SampleEvidence, ...] = ()
    badge: BadgeArtwork | None = None

    @model_serializer(mode="wrap")
    def _as_said(self, as_usual: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _said(as_usual(self))
