"""What software can find out of a design, each a small function by the name that a rubric calls it. Plain Python.

A check takes the document, however incomplete, with the bounds that the rubric gives, and answers whether it is so and
in a sentence what was found. None is an answer too: it could not be found out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any, TypeAlias

from longleaf.kit.dates import day
from longleaf.kit.numbers import number
from longleaf.quality.self_check.reading_level import grade_of

Document: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = tuple[bool | None, str]
# Two texts that share more than this read alike.
ALIKE = 0.9
# What `LinkStatus` calls an address that answered; this module knows no database.
ANSWERED = "answered"
RECORDS_PEOPLE = frozenset({"image", "audio", "video"})


@dataclass(frozen=True)
class Tried:
    """What came of trying an address: a `LinkStatus`, why, and on which day; None while it was never tried."""

    status: str
    reason: str
    on: date | None


@dataclass(frozen=True)
class ShownFile:
    """A file that the design shows, and what was found of whether everybody can read it."""

    title: str
    found: Sequence[tuple[bool | None, str]]


@dataclass(frozen=True)
class Bounds:
    """What the rubric asks of a check, the day of asking, what came of the addresses that were tried, and the files."""

    today: date
    at_least: int = 1
    at_most: int = 0
    says: str = ""
    tried: Mapping[str, Tried] = field(default_factory=dict)
    files: Sequence[ShownFile] = ()


@dataclass(frozen=True)
class Check:
    """A check with the part of the draft in which it is mended; "" where no part is."""

    look: Callable[[Document, Bounds], Answer]
    section: str


def one_sentence(design: Document, bounds: Bounds) -> Answer:
    text = str(design.get("competency") or "").strip()
    if not text:
        return False, "The competency is not written yet."
    words, ends = len(text.split()), sum(text.count(mark) for mark in ".!?;")
    if ends > 1:
        return False, "The competency is more than one sentence."
    if bounds.at_most and words > bounds.at_most:
        return False, f"The competency has {words} words; at most {bounds.at_most} keep it to one skill."
    return True, f"The competency is one sentence of {number(words, 'word')}."


def references(design: Document, bounds: Bounds) -> Answer:
    named = _rows(design.get("research") or {}, "references")
    dated = [each for each in named if each.get("title") and isinstance(each.get("year"), int)]
    return len(
        dated
    ) >= bounds.at_least, f"{number(len(dated), 'reference has', 'references have')} a title and a year."


def method_parts(design: Document, bounds: Bounds) -> Answer:
    steps = [each for each in (design.get("method") or {}).get("steps") or () if each]
    return len(steps) >= bounds.at_least, f"The method has {number(len(steps), 'part')}."


def alignments(design: Document, bounds: Bounds) -> Answer:
    items = {each.get("item") for each in _rows(design, "alignments")} - {None, ""}
    return len(items) >= bounds.at_least, f"It is aligned to {number(len(items), 'item')} of the frameworks."


def evidence_limited(design: Document, bounds: Bounds) -> Answer:
    asked = _rows(design, "requirements")
    open_ones = [each["code"] for each in asked if not _is_limited(each)]
    if not asked:
        return False, "No evidence is asked for yet."
    if open_ones:
        return False, f"Kind, amount or size is still open for {_listed(open_ones)}."
    return (
        True,
        f"Kind, amount and size are said for {'the one requirement' if len(asked) == 1 else 'each requirement'}.",
    )


def kinds_of_evidence(design: Document, bounds: Bounds) -> Answer:
    asked = _rows(design, "requirements")
    enough = len(asked) >= bounds.at_least
    return enough, f"{number(len(asked), 'piece')} of evidence {'is' if len(asked) == 1 else 'are'} asked for."


def criteria_linked(design: Document, bounds: Bounds) -> Answer:
    """Every criterion has evidence, and all evidence is judged."""
    criteria, asked = _criteria(design), {each["code"] for each in _rows(design, "requirements")}
    without = [each["code"] for each in criteria if not each.get("requirements")]
    judged = {code for each in criteria for code in each.get("requirements") or ()}
    if not criteria:
        return False, "The rubric has no criterion yet."
    if without:
        return False, f"Nothing is looked at for {_listed(without)}."
    if asked - judged:
        return False, f"No criterion looks at {_listed(sorted(asked - judged))}."
    return True, "Each criterion is judged on evidence, and all evidence is judged."


def levels_told_apart(design: Document, bounds: Bounds) -> Answer:
    levels = [each["code"] for each in _rows(design.get("rubric") or {}, "levels")]
    if len(levels) < bounds.at_least:
        return False, f"The rubric has {number(len(levels), 'level')}."
    for criterion in _criteria(design):
        told = criterion.get("levels") or {}
        if any(not told.get(level) for level in levels):
            return False, f"Some level is not described for {criterion['code']}."
        for first, second in combinations([told[level] for level in levels], 2):
            if SequenceMatcher(None, first.casefold(), second.casefold()).ratio() > ALIKE:
                return False, f"Two levels of {criterion['code']} read almost alike: “{_short(second)}”"
    return bool(_criteria(design)), "No two levels of a criterion read alike."


def turnaround(design: Document, bounds: Bounds) -> Answer:
    days = design.get("turnaround_business_days")
    if not isinstance(days, int):
        return False, "No time until a decision is promised yet."
    return (
        not bounds.at_most or days <= bounds.at_most,
        f"A decision is promised within {number(days, 'business day')}.",
    )


def another_attempt(design: Document, bounds: Bounds) -> Answer:
    attempts = design.get("attempts")
    if attempts is None:
        return True, "There are as many attempts as wanted."
    return isinstance(attempts, int) and attempts >= bounds.at_least, f"Attempts: {attempts}."


def fee(design: Document, bounds: Bounds) -> Answer:
    """It is said; and where something is to be paid, who need not."""
    amount, waived = design.get("fee"), len(_rows(design, "fee_waivers"))
    if not isinstance(amount, int):
        return False, "The fee is not said yet."
    if amount and not waived:
        return None, "A fee is asked of everybody. If somebody need not pay it, say who, how they ask and who says yes."
    return True, f"The fee is said, with {number(waived, 'waiver')}." if waived else "The fee is said."


def several_forms(design: Document, bounds: Bounds) -> Answer:
    """There is a choice of form, and other ways are said."""
    asked = _rows(design, "requirements")
    rigid = [each["code"] for each in asked if len(each.get("accepts") or ()) < 2 and not _takes_several_kinds(each)]
    if not str(design.get("other_ways") or "").strip():
        return False, "No other ways to show it are said yet."
    if rigid:
        return None, f"Other ways are said. {_listed(rigid)} can be handed in in one form only: is that needed?"
    return True, "Other ways are said, and each requirement takes more than one form."


def files_accessible(design: Document, bounds: Bounds) -> Answer:
    """What designers brought as files can be read by everybody, as far as software finds out."""
    if not bounds.files:
        return True, "No file is shown that somebody could be unable to read."
    wrong = [f"“{each.title}”: {sentence}" for each in bounds.files for so, sentence in each.found if so is False]
    if wrong:
        more = f" And {number(len(wrong) - 1, 'more place', 'more places')}." if len(wrong) > 1 else ""
        return False, f"{wrong[0]}{more}"
    unread = [(each.title, sentence) for each in bounds.files for so, sentence in each.found if so is None]
    if unread:
        title, sentence = unread[0]
        return None, f"Nothing was found amiss by software, which does not find out all. “{title}”: {sentence}"
    return True, f"Nothing was found amiss in {number(len(bounds.files), 'file')}."


def consent(design: Document, bounds: Bounds) -> Answer:
    asked = [each for each in _rows(design, "requirements") if _records(each)]
    silent = [each["code"] for each in asked if not each.get("shows_people")]
    if silent:
        return None, f"{_listed(silent)} may be recordings or pictures. If people can be recognized there, say so."
    return True, "Consent is logged wherever recordings or pictures are taken." if asked else "No recordings are taken."


def dated_review(design: Document, bounds: Bounds) -> Answer:
    try:
        by = date.fromisoformat(str(design.get("review_by")))
    except ValueError:
        return False, "No day is set on which it is looked at again."
    return by > bounds.today, f"It is to be looked at again by {by.isoformat()}."


def https_links(design: Document, bounds: Bounds) -> Answer:
    links = addresses_in(design)
    if not links:
        return None, "No address is given. Say how a reader finds the works."
    open_ones = [link for link in links if not str(link).startswith("https://")]
    if open_ones:
        return (
            False,
            f"{number(len(open_ones), 'address does', 'addresses do')} not begin with https://: {open_ones[0]}",
        )
    return _that_answer(links, bounds)


def resources(design: Document, bounds: Bounds) -> Answer:
    named = _rows(design, "resources")
    return len(named) >= bounds.at_least, f"{number(len(named), 'resource is', 'resources are')} named."


def reading_level(design: Document, bounds: Bounds) -> Answer:
    """The school grade in which what an earner must read can be read, by the formula of Flesch and Kincaid."""
    prompts = [str(each.get("prompt") or "") for each in _rows(design, "requirements")]
    text = "\n".join([str(design.get("summary") or ""), str(design.get("competency") or ""), *prompts])
    if not str(design.get("language") or "").startswith("en"):
        return None, "The reading level is measured for English only."
    grade = grade_of(text)
    if grade is None:
        return None, "There is too little text to measure its reading level."
    return not bounds.at_most or grade <= bounds.at_most, f"What earners must read is about grade {grade}."


def of_the_house(design: Document, bounds: Bounds) -> Answer:
    """What this system does for whatever is judged here; the rubric says what that is, and no design shows it."""
    return None, f"{bounds.says} That holds for what is judged here; where you judge elsewhere, say how you do it."


CHECKS: Mapping[str, Check] = {
    "one-sentence": Check(one_sentence, "competency"),
    "references": Check(references, "research"),
    "method-parts": Check(method_parts, "method"),
    "alignments": Check(alignments, "alignments"),
    "evidence-limited": Check(evidence_limited, "evidence"),
    "pieces-of-evidence": Check(kinds_of_evidence, "evidence"),
    "criteria-linked": Check(criteria_linked, "rubric"),
    "levels-told-apart": Check(levels_told_apart, "rubric"),
    "turnaround": Check(turnaround, "conditions"),
    "another-attempt": Check(another_attempt, "conditions"),
    "fee": Check(fee, "conditions"),
    "several-forms": Check(several_forms, "evidence"),
    "files-accessible": Check(files_accessible, "sample"),
    "consent": Check(consent, "evidence"),
    "dated-review": Check(dated_review, "conditions"),
    "https-links": Check(https_links, "support"),
    "resources": Check(resources, "support"),
    "reading-level": Check(reading_level, "evidence"),
    "of-the-house": Check(of_the_house, ""),
}


def _rows(holder: Document, name: str) -> Sequence[Document]:
    return [each for each in holder.get(name) or () if isinstance(each, Mapping)]


def _criteria(design: Document) -> Sequence[Document]:
    return _rows(design.get("rubric") or {}, "criteria")


def addresses_in(design: Document) -> list[str]:
    """Every address that a design names, each once, in its order."""
    return list(dict.fromkeys(str(each["url"]) for each in _linked(design) if each.get("url")))


def _that_answer(links: Sequence[str], bounds: Bounds) -> Answer:
    """Whether they were tried and answered. A server may be away for a day, so what does not answer is asked."""
    tried = [(link, bounds.tried[link]) for link in links if link in bounds.tried and bounds.tried[link].on]
    silent = [(link, found) for link, found in tried if found.status != ANSWERED]
    # Files that are kept here are named by addresses of ours, which nobody has to try.
    others = [link for link in links if link in bounds.tried] or links
    untried = len(others) - len(tried)
    if silent:
        link, found = silent[0]
        on = f" on {day(found.on)}" if found.on else ""
        more = f", nor {len(silent) - 1} more" if len(silent) > 1 else ""
        return None, f"{link} did not answer{on}{more}: {found.reason} Open it yourself, and mend it or name another."
    if untried:
        return None, (
            f"Every address begins with https://. {number(untried, 'is', 'are')} not tried yet: have them tried, "
            "or say that you opened them."
        )
    return True, f"{number(len(tried), 'address', 'addresses')} answered when tried last."


def _linked(design: Document) -> Iterator[Document]:
    yield from _rows(design, "resources")
    yield from _rows(design, "samples")
    yield from _rows(design.get("research") or {}, "references")


def _is_limited(requirement: Document) -> bool:
    accepts = requirement.get("accepts") or ()
    words = "text" not in accepts or bool((requirement.get("words") or {}).get("max"))
    files = requirement.get("files") or {}
    return bool(accepts) and words and ("file" not in accepts or bool(files.get("most") and files.get("megabytes")))


def _takes_several_kinds(requirement: Document) -> bool:
    return len((requirement.get("files") or {}).get("kinds") or ()) > 1


def _records(requirement: Document) -> bool:
    return not RECORDS_PEOPLE.isdisjoint((requirement.get("files") or {}).get("kinds") or ())


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rstrip()} …"
