"""A draft looked at by the rubric: what software found, what is asked, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.catalog.studio import samples
from longleaf.catalog.studio.checking import as_published
from longleaf.quality.models import SelfCheckAnswer
from longleaf.quality.self_check.checks import CHECKS, Bounds, Document, ShownFile, Tried, addresses_in
from longleaf.quality.self_check.links import tried_among
from longleaf.quality.self_check.rubric import Component, NamedCheck, components_for

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft


@dataclass(frozen=True)
class Finding:
    """What a check found: it is so, it is not, or (None) somebody has to look. `section` is where it is mended."""

    so: bool | None
    sentence: str
    section: str


@dataclass(frozen=True)
class Looked:
    """A component with what was found and answered."""

    component: Component
    findings: Sequence[Finding]
    answer: str
    revision: int

    @property
    def is_asked(self) -> bool:
        """Whether it takes an answer in writing."""
        return self.component.asks_people or any(each.so is None for each in self.findings)

    @property
    def state(self) -> str:
        """`mend`, where software found something amiss; `answer`, where an answer is missing; or `settled`."""
        if any(each.so is False for each in self.findings):
            return "mend"
        return "answer" if self.is_asked and not self.answer.strip() else "settled"


@dataclass(frozen=True)
class SelfCheck:
    """All components; by address what came of each that the design names; and the files that it shows."""

    components: Sequence[Looked]
    links: Mapping[str, Tried]
    files: Sequence[ShownFile]

    @property
    def by_standard(self) -> list[tuple[str, list[Looked]]]:
        groups = groupby(self.components, key=lambda each: each.component.standard)
        return [(standard, list(group)) for standard, group in groups]

    @property
    def settled(self) -> int:
        return sum(each.state == "settled" for each in self.components)

    @property
    def to_mend(self) -> int:
        return sum(each.state == "mend" for each in self.components)

    @property
    def to_answer(self) -> int:
        return sum(each.state == "answer" for each in self.components)


def look_at(draft: Draft) -> SelfCheck:
    """A draft by the rubric of its state, as of today; without components where the state has no rubric."""
    document = as_published(draft)
    tried = tried_among([each for each in addresses_in(document) if not samples.is_ours(each)])
    shown = samples.named_in(document, draft=draft)
    files = [ShownFile(each.title, [(so, sentence) for so, sentence in each.found]) for each in shown]
    known = Bounds(today=timezone.localdate(), tried=tried, files=files)
    answers = {each.component: each for each in SelfCheckAnswer.objects.filter(draft=draft)}
    components = components_for(draft.issuer.state)
    looked = [_look(each, answers.get(each.code), document, known) for each in components]
    return SelfCheck(looked, tried, files)


def _look(component: Component, answer: SelfCheckAnswer | None, document: Document, known: Bounds) -> Looked:
    # A check that a later version of this system may know is left out here; the component is then asked.
    findings = [_find(each, document, known) for each in component.checks if each.name in CHECKS]
    return Looked(component, findings, answer.text if answer else "", answer.revision if answer else 0)


def _find(named: NamedCheck, document: Document, known: Bounds) -> Finding:
    check = CHECKS[named.name]
    bounds = replace(
        known,
        at_least=1 if named.at_least is None else named.at_least,
        at_most=named.at_most or 0,
        says=named.says,
    )
    so, sentence = check.look(document, bounds)
    return Finding(so, sentence, check.section)
