"""`renewal-practice.yaml`: clocks of requests for credit, and whom a roster calls at risk, where the usual differs."""

from __future__ import annotations

from typing import Any

from longleaf.states.parts.values import Code, Sourced


class RenewalPractice(Sourced):
    """What is left out is as `longleaf.recognition.practice` has it."""

    answer_within: int | None = None
    appeal_within: int | None = None
    appeal_open_days: int | None = None
    import_within: int | None = None
    verify_again_days: int | None = None
    documents_kept_days: int | None = None
    at_risk_months: int | None = None
    watch_months: int | None = None
    competency_kinds: tuple[Code, ...] | None = None
    publishing_takes_two: bool | None = None

    @property
    def figures(self) -> dict[str, Any]:
        """What is set, by name."""
        told = self.model_dump(exclude={"standing", "sources", "note"}, exclude_none=True)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
