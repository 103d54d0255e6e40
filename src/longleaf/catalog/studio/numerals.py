"""Numbers as they are typed and as a document has them. No Django, no database."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from longleaf.catalog.studio.shapes import Kind
from longleaf.engines.documents import exact

WHOLE = re.compile(r"-?\d{1,9}")
PLAIN = re.compile(r"-?\d{1,9}(\.\d{1,9})?")
# Further from the point than anybody writes; beyond it a number is shown as it stands.
FARTHEST = 9


def in_document(kind: Kind, typed: str) -> Any:
    """What was typed as the document has it; what is no number stays as it is, for its author to mend."""
    if kind is Kind.NUMBER:
        return int(typed) if WHOLE.fullmatch(typed) else typed
    if kind is Kind.DECIMAL:
        return int(typed) if WHOLE.fullmatch(typed) else typed
    if kind is Kind.PERCENT:
        bare = typed.removesuffix("%").strip()
        return _plain(Decimal(bare).scaleb(-2)) if PLAIN.fullmatch(bare) else typed
    return typed


def as_typed(kind: Kind, value: Any) -> str:
    """What a document has as it would have been typed."""
    number = exact(value) if kind is Kind.PERCENT else None
    if number is None or abs(number.adjusted()) > FARTHEST or len(number.as_tuple().digits) > FARTHEST:
        return str(value)
    return _plain(number.scaleb(2))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
