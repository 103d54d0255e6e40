"""A decision as it came in, read into clean values. No verb is called from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from longleaf.kit.numbers import whole_number
from longleaf.kit.words import plain_line_ends
from longleaf.quality.reviewing.deciding import Asked
from longleaf.quality.reviewing.findings import ComponentFinding

ROWS, MOST_ROWS = 3, 40


@dataclass(frozen=True)
class PostedCondition:
    number: int
    what: str = ""
    until: str = ""


@dataclass(frozen=True)
class PostedDecision:
    """What an officer typed; it stays on the page with what is wrong with it."""

    outcome: str
    letter: str
    valid_until: str
    conditions: Sequence[PostedCondition]
    changes: Mapping[str, str]
    scope: str = ""
    families: Sequence[str] = ()
    pathways: Sequence[str] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[Asked]:
        """The conditions as they were given, each in its row, so that a mistake leads to it."""
        return [Asked(each.what, _day(each.until)) for each in self.filled]

    @property
    def filled(self) -> list[PostedCondition]:
        return [each for each in self.conditions if each.what.strip() or each.until]

    @property
    def last_day(self) -> date | None:
        return _day(self.valid_until)


def fresh_decision(
    findings: Sequence[ComponentFinding], *, valid_until: date, scope: str = "", pathways: Sequence[str] = ()
) -> PostedDecision:
    """A form to begin with: what readers wrote about a component that is not met is the draft of a change."""
    changes = {each.component.code: "\n\n".join(each.comments) for each in findings if not each.met}
    return PostedDecision("", "", valid_until.isoformat(), _rows([], ROWS), changes, scope, pathways=pathways)


def read_decision(posted: QueryDict, findings: Sequence[ComponentFinding]) -> PostedDecision:
    """What was posted; rows in which nothing was typed close up, and there are always some free ones."""
    asked = min(whole_number(posted.get("rows")) or ROWS, MOST_ROWS)
    typed = [(posted.get(f"what-{row}", ""), posted.get(f"until-{row}", "")) for row in range(1, asked + 1)]
    filled = [pair for pair in typed if pair[0].strip() or pair[1]]
    more = ROWS if posted.get("action") == "more" else 0
    return PostedDecision(
        outcome=posted.get("outcome", ""),
        letter=plain_line_ends(posted.get("letter", "")),
        valid_until=posted.get("valid_until", ""),
        conditions=_rows(filled, max(ROWS, len(filled) + more)),
        changes={each.component.code: posted.get(f"change-{each.component.code}", "") for each in findings},
        scope=plain_line_ends(posted.get("scope", "")),
        families=posted.getlist("families"),
        pathways=posted.getlist("pathways"),
    )


def _rows(filled: Sequence[tuple[str, str]], length: int) -> list[PostedCondition]:
    padded = [*filled, *[("", "")] * (length - len(filled))]
    return [PostedCondition(number, what, until) for number, (what, until) in enumerate(padded, start=1)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
