"""Work is shared out by version without losing or telling twice any of it. No database."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from longleaf.quality.monitoring.sources import Cohort, Promised, ReadBy, Taken, Work, shared_out

VERSIONS = st.integers(1, 6)
some_work = st.builds(
    Work,
    kind=st.just("submission"),
    cohorts=st.lists(st.builds(Cohort, VERSIONS, st.none(), st.integers(1, 9), st.just(0), st.just(1))),
    promised=st.lists(st.builds(Promised, VERSIONS, st.integers(1, 9), st.just(1))),
    taken=st.lists(st.builds(Taken, VERSIONS, st.integers(1, 30), st.integers(1, 9))),
    read_by=st.lists(st.builds(ReadBy, VERSIONS, st.integers(1, 3), st.sampled_from("ab"))),
)


@given(some_work, st.dictionaries(VERSIONS, st.integers(10, 12)))
def test_every_row_of_a_version_with_a_share_is_in_that_share_once(work: Work, share_of: dict[int, int]) -> None:
    shares = shared_out(work, share_of)
    for name in ("cohorts", "promised", "taken", "read_by"):
        rows = getattr(work, name)
        told = Counter((key, row) for key, share in shares.items() for row in getattr(share, name))
        assert told == Counter((share_of[row.version], row) for row in rows if row.version in share_of)
    assert {share.kind for share in shares.values()} <= {"submission"}
