"""A version's document, read into values: what is asked for and how it is judged.

The document is what a designer authored, kept whole in `Version.document`. It was checked when it was published, so
reading it here takes what is there and checks nothing again. No Django, no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

from longleaf.engines.rubrics import PanelRule, Rubric, rubric_from_document, rule_from_document

Document = Mapping[str, Any]
Read = TypeVar("Read")


@dataclass(frozen=True)
class Step:
    """A part of the key method, or a chapter of the submission."""

    code: str
    title: str
    description: str


@dataclass(frozen=True)
class Indicator:
    """Something that must be there before the work can be judged at all."""

    code: str
    text: str


@dataclass(frozen=True)
class WordLimits:
    min: int
    max: int


@dataclass(frozen=True)
class FileLimits:
    """Kinds of file (`pdf`, `office`, `image`, `audio`, `video`), how many, and how large each may be."""

    kinds: tuple[str, ...]
    most: int
    megabytes: int

    @property
    def bytes(self) -> int:
        return self.megabytes * 1024 * 1024


@dataclass(frozen=True)
class TeamLimits:
    """How many people at most may make an artifact together; each of them is judged alone."""

    most: int


@dataclass(frozen=True)
class Requirement:
    """One piece of evidence that is asked for. `accepts` holds `text`, `file` and `link`.

    Where it `shows_people`, consent is logged for whoever can be recognised before it is handed in. Where it has a
    `team`, people may make its artifact together, and each says what they did.
    """

    code: str
    part: str
    title: str
    prompt: str
    accepts: tuple[str, ...]
    words: WordLimits | None
    files: FileLimits | None
    completion: tuple[Indicator, ...]
    shows_people: bool = False
    team: TeamLimits | None = None


@dataclass(frozen=True)
class AiPolicy:
    """Whether tools that write, draw or record may be used, and what the earner is told of it.

    `rule` is `allowed` or `not_allowed`, and then a statement is asked for with each requirement; or `not_asked`.
    """

    rule: str = "not_asked"
    text: str = ""

    @property
    def asks(self) -> bool:
        return self.rule != "not_asked"


@dataclass(frozen=True)
class Reference:
    title: str
    authors: str
    year: int
    publication: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Resource:
    title: str
    url: str | None
    note: str


@dataclass(frozen=True)
class FeeWaiver:
    """Who need not pay, how they ask for that, and who says yes."""

    who: str
    how: str
    by: str


@dataclass(frozen=True)
class ProposedStack:
    """A stack, by its slug, of which the designer would make it a part, and why."""

    stack: str
    why: str = ""


@dataclass(frozen=True)
class Sample:
    """Evidence to look at; `consent` says by whose leave it is shown, where somebody real made it."""

    title: str
    url: str | None
    shows: str
    origin: str
    consent: str = ""

    @property
    def is_invented(self) -> bool:
        return self.origin == "invented"


@dataclass(frozen=True)
class BadgeArtwork:
    """An icon instead of the family's, and words instead of the level on the banner; either may be empty."""

    icon: str | None = None
    banner: str = ""


@dataclass(frozen=True)
class Design:
    """The whole of a version, as its pages and its judgement need it."""

    document: Document

    def __getattr__(self, name: str) -> Any:
        """Plain texts and numbers (`title`, `competency`, `matters`, `fee`, …) stand as they are authored."""
        try:
            return self.document[name]
        except KeyError:
            raise AttributeError(name) from None

    @cached_property
    def parts(self) -> tuple[Step, ...]:
        return tuple(_read(Step, part) for part in self.document["parts"])

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        return tuple(_requirement(each) for each in self.document["requirements"])

    @cached_property
    def rubric(self) -> Rubric:
        return rubric_from_document(self.document["rubric"])

    @cached_property
    def panel_rule(self) -> PanelRule:
        return rule_from_document(self.document["panel_rule"], self.rubric)

    @cached_property
    def ai_policy(self) -> AiPolicy:
        """Versions that were published before this was asked have none."""
        return _read(AiPolicy, self.document.get("ai_policy") or {})

    @property
    def names_must_be_answered(self) -> bool:
        """Whether each name that was found keeps from handing in until the earner has changed it or said what it is."""
        return bool(self.document.get("names_must_be_answered"))

    @property
    def replace_work(self) -> str:
        """Whether a later round may bring other work, and what of the earlier then counts: `keep_met`, `start_over`;
        empty where it may not."""
        return self.document.get("replace_work") or ""

    @property
    def coach_after(self) -> int | None:
        """After how many rounds a meeting with a coach is asked for; None where none is."""
        return self.document.get("coach_after")

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        return tuple(_read(Reference, each) for each in self.document["research"]["references"])

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        return tuple(_read(Resource, each) for each in self.document["resources"])

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language that it is written in, and those in which work may be handed in as well."""
        return (self.document["language"], *self.document.get("further_languages", ()))

    @cached_property
    def fee_waivers(self) -> tuple[FeeWaiver, ...]:
        return tuple(_read(FeeWaiver, each) for each in self.document.get("fee_waivers", ()))

    @cached_property
    def proposed_stacks(self) -> tuple[ProposedStack, ...]:
        return tuple(_read(ProposedStack, each) for each in self.document.get("proposed_stacks", ()))

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        return tuple(_read(Sample, each) for each in self.document.get("samples", ()))

    @cached_property
    def badge(self) -> BadgeArtwork:
        return _read(BadgeArtwork, self.document.get("badge") or {})

    def requirement(self, code: str) -> Requirement:
        """The requirement with this code. Raises `KeyError` when the version has none such."""
        return {each.code: each for each in self.requirements}[code]

    def requirements_in(self, part: str) -> tuple[Requirement, ...]:
        return tuple(each for each in self.requirements if each.part == part)

    def criteria_judged_on(self, requirement: str) -> frozenset[str]:
        """Codes of the criteria for which this requirement is evidence."""
        return frozenset(each.code for each in self.rubric.criteria if requirement in each.requirements)


def _requirement(document: Document) -> Requirement:
    words, files, team = document.get("words"), document.get("files"), document.get("team")
    return Requirement(
        code=document["code"],
        part=document["part"],
        title=document["title"],
        prompt=document["prompt"],
        accepts=tuple(document["accepts"]),
        words=_read(WordLimits, words) if words else None,
        files=FileLimits(tuple(files["kinds"]), files["most"], files["megabytes"]) if files else None,
        completion=tuple(_read(Indicator, each) for each in document["completion"]),
        shows_people=bool(document.get("shows_people")),
        team=_read(TeamLimits, team) if team else None,
    )


def _read(kind: type[Read], document: Document) -> Read:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in document.items() if name in names})
