"""A micro-credential is complete: what it asks for is judged, and what is judged is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from longleaf.catalog.artwork import ICONS
from longleaf.engines.rubrics import Rubric
from longleaf.states.crosschecks import frameworks, organisations
from longleaf.states.crosschecks.looking_up import Known, unknown
from longleaf.states.crosschecks.rubrics import read_rubric
from longleaf.states.errors import Mistake
from longleaf.states.files import Spot
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.catalog import Topic
from longleaf.states.parts.micro_credentials import Accepts, MicroCredential, Requirement, SampleOrigin
from longleaf.states.parts.organisations import OrganisationRole
from longleaf.states.parts.values import Part

_Sheet = Sheet[MicroCredential]


def check(gathered: Gathered) -> Iterator[Mistake]:
    for sheet in gathered.micro_credentials:
        if sheet.part:
            yield from _check_place_in_pack(gathered, sheet, sheet.part)
            yield from check_by_itself(sheet, sheet.part)


def check_by_itself(sheet: _Sheet, part: MicroCredential) -> Iterator[Mistake]:
    """What can be found wrong without the rest of a pack."""
    yield from _check_requirements(sheet, part)
    yield from _check_rubric(sheet, part)
    yield from _check_offer(sheet, part)


def _check_place_in_pack(gathered: Gathered, sheet: _Sheet, part: MicroCredential) -> Iterator[Mistake]:
    if PurePosixPath(sheet.file.name).stem != part.slug:
        yield sheet.mistake(("slug",), f"The file must be named as the slug: {part.slug}.yaml.")
    yield from check_issuer(gathered, sheet, ("issuer",), part.issuer)
    families = gathered.families.part
    known: Known = {family.code for family in families.families} if families else None
    yield from unknown(sheet, ("family",), part.family, known, "families.yaml")
    yield from _check_facets(gathered, sheet, part)
    stacks = gathered.stacks.part
    offered: Known = {stack.slug for stack in stacks.stacks} if stacks else None
    for number, proposed in enumerate(part.proposed_stacks):
        yield from unknown(sheet, ("proposed_stacks", number, "stack"), proposed.stack, offered, "stacks.yaml")
    items = frameworks.known_items(gathered)
    for number, alignment in enumerate(part.alignments):
        yield from unknown(sheet, ("alignments", number, "item"), alignment.item, items, "the frameworks")


def check_issuer(gathered: Gathered, sheet: Sheet[Part], spot: Spot, code: str) -> Iterator[Mistake]:
    known = organisations.by_code(gathered)
    yield from unknown(sheet, spot, code, known, organisations.HOME)
    if known and code in known:
        reason = organisations.without_role(known[code], OrganisationRole.ISSUER)
        if reason:
            yield sheet.mistake(spot, reason)


def _check_facets(gathered: Gathered, sheet: _Sheet, part: MicroCredential) -> Iterator[Mistake]:
    words = gathered.vocabulary.part
    facets: tuple[tuple[Spot, Sequence[str], Sequence[Topic] | None], ...] = (
        (("audience", "roles"), part.audience.roles, words.roles if words else None),
        (("audience", "grade_bands"), part.audience.grade_bands, words.grade_bands if words else None),
        (("topics",), part.topics, words.topics if words else None),
    )
    for spot, codes, topics in facets:
        known: Known = {topic.code for topic in topics} if topics is not None else None
        for number, code in enumerate(codes):
            yield from unknown(sheet, (*spot, number), code, known, "vocabulary.yaml")
    if not part.audience.roles:
        yield sheet.mistake(("audience", "roles"), "Say whom it is for; name at least one role.")


def _check_offer(sheet: _Sheet, part: MicroCredential) -> Iterator[Mistake]:
    """Fee, languages, samples and badge: what is said of them fits together."""
    if part.fee_waivers and not part.fee:
        yield sheet.mistake(("fee_waivers",), "It is free, so nobody needs a waiver; take them away or set a fee.")
    for number, language in enumerate(part.further_languages):
        if language in (part.language, *part.further_languages[:number]):
            yield sheet.mistake(("further_languages", number), f"“{language}” stands here already; keep it once.")
    for number, sample in enumerate(part.samples):
        if sample.origin is SampleOrigin.REAL and not sample.consent.strip():
            reason = "Somebody made it: say who agreed that it is shown, to what they agreed, and when."
            yield sheet.mistake(("samples", number, "consent"), reason)
    if part.badge and part.badge.icon and part.badge.icon not in ICONS:
        reason = f"There is no icon “{part.badge.icon}”. Choose one of: {', '.join(sorted(ICONS))}."
        yield sheet.mistake(("badge", "icon"), reason)


def _check_requirements(sheet: _Sheet, part: MicroCredential) -> Iterator[Mistake]:
    codes = {it.code for it in part.parts}
    used = {requirement.part for requirement in part.requirements}
    for number, chapter in enumerate(part.parts):
        if chapter.code not in used:
            reason = f"Part “{chapter.code}” holds no requirement; add one or take the part away."
            yield sheet.mistake(("parts", number, "code"), reason)
    for number, requirement in enumerate(part.requirements):
        spot: Spot = ("requirements", number)
        yield from unknown(sheet, (*spot, "part"), requirement.part, codes, "the parts of this file")
        yield from _check_forms(sheet, spot, requirement)


def _check_forms(sheet: _Sheet, spot: Spot, requirement: Requirement) -> Iterator[Mistake]:
    if not requirement.accepts:
        yield sheet.mistake((*spot, "accepts"), "Say in which form it is handed in: text, file or link.")
    pairs = ((Accepts.TEXT, "words", requirement.words), (Accepts.FILE, "files", requirement.files))
    for form, name, limits in pairs:
        if form in requirement.accepts and limits is None:
            yield sheet.mistake(spot, f"It accepts {form.value}; add its limits under `{name}`.")
        if form not in requirement.accepts and limits is not None:
            reason = f"It does not accept {form.value}; take `{name}` away or add {form.value} to `accepts`."
            yield sheet.mistake((*spot, name), reason)
    if requirement.words and requirement.words.min > requirement.words.max:
        yield sheet.mistake((*spot, "words", "max"), "The most words are fewer than the least; turn them round.")
    if requirement.team and not {Accepts.FILE, Accepts.LINK} & set(requirement.accepts):
        reason = "A team makes a file or something with a link; accept one of them, or take `team` away."
        yield sheet.mistake((*spot, "team"), reason)
    if requirement.files and not requirement.files.kinds:
        yield sheet.mistake((*spot, "files", "kinds"), "Name at least one kind of file.")


def _check_rubric(sheet: _Sheet, part: MicroCredential) -> Iterator[Mistake]:
    rubric, wrong = read_rubric(sheet.file, part.rubric, part.panel_rule, lambda spot: ("rubric", *spot))
    yield from wrong
    if "reconciliation" in part.panel_rule:
        reason = "Readers of evidence never meet; only a quality rubric may let them. Leave it out."
        yield sheet.mistake(("panel_rule", "reconciliation"), reason)
    if rubric:
        yield from _check_what_is_judged(sheet, part, rubric)


def _check_what_is_judged(sheet: _Sheet, part: MicroCredential, rubric: Rubric) -> Iterator[Mistake]:
    asked = {requirement.code for requirement in part.requirements}
    judged = {code for criterion in rubric.criteria for code in criterion.requirements}
    for number, criterion in enumerate(rubric.criteria):
        spot: Spot = ("rubric", "criteria", number)
        if not criterion.requirements:
            reason = f"Criterion “{criterion.code}” looks at nothing; name the requirements it is judged on."
            yield sheet.mistake(spot, reason)
        for inner, code in enumerate(criterion.requirements):
            yield from unknown(sheet, (*spot, "requirements", inner), code, asked, "the requirements of this file")
        for level in rubric.levels:
            if level.code not in criterion.descriptors:
                reason = f"Say what “{level.code}” looks like for “{criterion.code}”; add it under `levels`."
                yield sheet.mistake((*spot, "levels"), reason)
    for number, requirement in enumerate(part.requirements):
        if requirement.code not in judged:
            reason = f"No criterion looks at “{requirement.code}”; name it in one, or do not ask for it."
            yield sheet.mistake(("requirements", number, "code"), reason)
