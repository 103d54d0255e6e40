"""Agreement equals what another implementation answered: irrCAC 0.4.4 for Python, asked once (decision record 0051).

`answers_of_irrcac.json` holds tables drawn at random, a line for each rater with a dot for a missing rating, and for
each coefficient and weighting the value and the 95 % interval.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from longleaf.engines.rubrics.agreement.estimate import Estimate
from longleaf.engines.rubrics.agreement.measuring import agreement
from longleaf.engines.rubrics.agreement.ratings import Rating
from longleaf.engines.rubrics.agreement.scale import Scale
from longleaf.engines.rubrics.agreement.weights import Distance, Weights

TABLES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("answers_of_irrcac.json").read_text())


def answers_of(table: Mapping[str, Any]) -> dict[str, Estimate]:
    """Our figures by the names that the witness's have."""
    ratings = [
        Rating(str(subject), str(rater), value)
        for rater, row in enumerate(table["raters"])
        for subject, value in enumerate(row)
        if value != "."
    ]
    found = agreement(ratings, scale=Scale.ordinal([str(rank + 1) for rank in range(table["categories"])]))
    return {
        "fleiss identity": found.fleiss_kappa,
        "krippendorff identity": found.alphas[Distance.NOMINAL],
        "krippendorff quadratic": found.alphas[Distance.INTERVAL],
        **{f"conger {each.value}": found.kappas[each] for each in Weights},
        **{f"gwet {each.value}": found.acs[each] for each in Weights},
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: " ".join(table["raters"])[:24])
def test_every_coefficient_and_interval_equals_the_witness(table: dict[str, Any]) -> None:
    found = answers_of(table)
    for name, estimate in found.items():
        value, low, high = table["answers"][name]
        assert estimate.value == pytest.approx(value, abs=1e-6), name
        assert estimate.low == pytest.approx(max(-1.0, low), abs=1e-6), name
        assert estimate.high == pytest.approx(high, abs=1e-6), name


def test_the_witness_was_asked_about_many_shapes() -> None:
    assert len(TABLES) == 24
    assert {table["categories"] for table in TABLES} == {2, 3, 4, 5}
    assert {len(table["raters"]) for table in TABLES} == {2, 3, 4, 5}
    assert sum("." in "".join(table["raters"]) for table in TABLES) > 5
