"""The rubric and the rule of a panel, read into values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from longleaf.engines.rubrics import Criterion, PanelRule, Rubric, rubric_from_document, rule_from_document
from longleaf.kit import keeping
from longleaf.panels.models import Panel, RubricEdition, RubricText

# How the kind of a panel ends that checks a reader who knows it.
OVERT = ":check"


@dataclass(frozen=True)
class Instrument:
    """What a rubric belongs to, such as a micro-credential: the code that stays when its text changes, and a title."""

    code: str
    title: str


def keep_rubric(document: Mapping[str, Any]) -> RubricText:
    """Store a rubric once, by the SHA-256 of its canonical JSON (RFC 8785)."""
    kept, _ = RubricText.objects.get_or_create(digest=digest_of(document), defaults={"document": dict(document)})
    return kept


def digest_of(document: Mapping[str, Any]) -> str:
    """By what the text of a rubric is known."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()


def rubric_of(panel: Panel) -> Rubric:
    """Its rubric. A text that is stored is never changed, so it is read once."""
    return keeping.for_ever("rubric", panel.rubric_id, make=lambda: rubric_from_document(panel.rubric.document))


def bring_rubrics(panels: Iterable[Panel]) -> None:
    """Read those rubrics of many panels that are not kept in one query: texts are long, and many panels share one."""
    missing = [each for each in panels if not keeping.has_for_ever("rubric", each.rubric_id)]
    texts = RubricText.objects.in_bulk({each.rubric_id for each in missing}) if missing else {}
    for each in missing:
        each.rubric = texts[each.rubric_id]


def rubric_of_edition(edition: RubricEdition) -> Rubric:
    return keeping.for_ever("rubric", edition.rubric_id, make=lambda: rubric_from_document(edition.rubric.document))


def rule_of(panel: Panel) -> PanelRule:
    return rule_from_document(panel.rule, rubric_of(panel))


def criteria_to_rate(panel: Panel) -> tuple[Criterion, ...]:
    """The criteria that every rater of the panel rates: all that were not met in an earlier round.

    A third reader rates all of them too. Rating only what differs would tell that the others differ, and on what.
    """
    met_before = set(panel.met_before)
    return tuple(criterion for criterion in rubric_of(panel).criteria if criterion.code not in met_before)


def overt_kind(kind: str) -> str:
    """The kind of a panel that checks a reader who knows it, beside live panels of a kind."""
    return f"{kind}{OVERT}"


def evidence_of(panel: Panel) -> str:
    """Under which reference the convening app keeps what a panel reads. Raters never see it."""
    return panel.evidence or panel.subject
