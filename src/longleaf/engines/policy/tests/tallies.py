"""What a tally and a ledger both say, so that tests can hold one against the other."""

from __future__ import annotations

from longleaf.engines.policy import CategoryTally, Ledger, Tally


def require_same(found: Tally, whole: Ledger) -> None:
    """Fails unless a tally says just what a ledger adds up to."""
    assert found == tally_in(whole)
    assert found.missing == whole.total_missing
    assert found.complete == whole.complete


def tally_in(whole: Ledger) -> Tally:
    """The totals that stand in a ledger, put together from its own lines and answers."""
    return Tally(
        version=whole.version.id if whole.version else "",
        required=whole.total_required,
        counted=whole.total_counted,
        categories=tuple(CategoryTally(it.code, it.required, it.counted) for it in whole.categories),
        met=tuple(it.rule.id for it in whole.answers.results if it.met),
        owed=tuple(it.rule.id for it in whole.answers.obligations if not it.met),
        climbed=tuple((it.rule.id, it.amount) for it in whole.answers.climbs),
        plans_met=all(line.met for line in whole.plans),
    )
