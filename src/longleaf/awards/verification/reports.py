"""A verification's report in the words and shapes of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from longleaf.engines.openbadges.report import Outcome, Report, Verdict

TITLES = {
    "format": "It is a proper Open Badge",
    "proof": "Nothing was changed since it was signed",
    "issuer": "It was signed by the issuer it names",
    "status": "The issuer has not withdrawn it",
    "validity": "It is within its dates",
    "recognition": "The state recognizes it",
    "members": "Every credential in it is valid",
    "endorsements": "The endorsements in it are valid",
}
# The word says it, the shape repeats it, the colour only helps: see ui.status().
OUTCOMES = {
    Outcome.PASSED: ("Yes", "good"),
    Outcome.FAILED: ("No", "ended"),
    Outcome.NOT_CHECKED: ("Could not be checked", "waiting"),
    Outcome.INFORMATIONAL: ("For your information", "calm"),
}
VERDICTS = {
    Verdict.VALID: ("success", "This badge is valid", "Every step that decides was checked and passed."),
    Verdict.INVALID: (
        "error",
        "This badge is not valid",
        "A step that decides speaks against it. Do not rely on it; the step says why and what to do.",
    ),
    Verdict.UNKNOWN: (
        "warning",
        "Whether this badge is valid could not be found out",
        "Nothing speaks against it, but a step that decides could not be checked. Until then, do not rely on it.",
    ),
}


@dataclass(frozen=True)
class StepShown:
    title: str
    word: str
    shape: str
    reason: str


@dataclass(frozen=True)
class ReportShown:
    """What was verified, in words. `kind` is one of ui.alert()."""

    kind: str
    title: str
    sentence: str
    steps: tuple[StepShown, ...]
    name: str
    issuer: str


def shown(report: Report) -> ReportShown:
    """The report as a page tells it: the verdict in words, then each step with its outcome and reason."""
    return replace(shown_from(report.as_dict()), name=_name(report), issuer=_issuer(report))


def shown_from(kept: Mapping[str, Any]) -> ReportShown:
    """The same of a report that was kept in its JSON form, in which nothing of the credential stands."""
    kind, title, sentence = VERDICTS[Verdict(kept["verdict"])]
    steps = tuple(
        StepShown(TITLES.get(step["step"], step["step"]), *OUTCOMES[Outcome(step["outcome"])], step["reason"])
        for step in kept["steps"]
    )
    return ReportShown(kind, title, sentence, steps, "", "")


def _name(report: Report) -> str:
    """What it calls itself, as far as it could be read: a claim, and shown as one."""
    document = report.credential or {}
    name = document.get("name") or _member(_member(document, "credentialSubject"), "achievement").get("name")
    return name if isinstance(name, str) else ""


def _issuer(report: Report) -> str:
    name = _member(report.credential or {}, "issuer").get("name")
    return name if isinstance(name, str) else ""


def _member(holder: object, name: str) -> dict[str, object]:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}
