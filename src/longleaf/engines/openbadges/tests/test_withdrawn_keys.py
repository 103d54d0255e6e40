"""A key that its issuer withdrew: believed for what was provably signed before, and for nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.openbadges import controllers
from longleaf.engines.openbadges.keys import LocalSigner
from longleaf.engines.openbadges.proving import add_proof
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

WITHDRAWN = datetime(2026, 5, 10, tzinfo=UTC)
DAY = timedelta(days=1)
BEFORE, AFTER = WITHDRAWN - DAY, WITHDRAWN + DAY
NEW = LocalSigner.from_seed(bytes(range(2, 34)))
BADGE = cast.badge()


def web(*, asserts: bool = False, **others: Any) -> cast.Web:
    """The issuer's documents of today: the old key withdrawn, a new one in its place, the list signed with that."""
    document = controllers.controller_document(
        cast.ISSUER,
        [
            controllers.ControllerKey(public_bytes=cast.SIGNER.public_bytes, may_assert=asserts, revoked=WITHDRAWN),
            controllers.ControllerKey(public_bytes=NEW.public_bytes),
        ],
    )
    new = LocalSigner.from_seed(
        bytes(range(2, 34)), verification_method=controllers.method_id(cast.ISSUER, NEW.public_bytes)
    )
    listed = cast.web().documents[cast.LIST_URL]
    assert isinstance(listed, Mapping)
    fresh = cast.signed({name: value for name, value in listed.items() if name != "proof"}, new)
    return cast.web(**{cast.ISSUER_DOCUMENT: document, cast.LIST_URL: fresh, **others})


def asked(now: datetime, issued: datetime | None = None, *, known_by: datetime = AFTER, **how: Any) -> Report:
    return verify(BADGE, documents=web(**how), now=now, known_by=known_by, issued=lambda _credential: issued)


@pytest.mark.parametrize("asserts", [False, True])
@pytest.mark.parametrize(
    ("now", "issued", "verdict"),
    [
        (AFTER, None, "invalid"),
        (AFTER, BEFORE, "valid"),
        (AFTER, WITHDRAWN - timedelta(microseconds=1), "valid"),
        (AFTER, WITHDRAWN, "invalid"),
        (AFTER, AFTER, "invalid"),
        # Looking back to a moment at which the key stood: a thief who dates back would be believed by that alone.
        (BEFORE, None, "unknown"),
        (BEFORE, WITHDRAWN, "unknown"),
        (BEFORE, BEFORE, "valid"),
        (WITHDRAWN, None, "invalid"),
    ],
)
def test_only_what_the_issuers_journal_knows_from_before_is_believed(
    now: datetime, issued: datetime | None, verdict: str, asserts: bool
) -> None:
    assert asked(now, issued, asserts=asserts).verdict == verdict


def test_the_reason_says_since_when_and_from_where_it_is_known() -> None:
    assert asked(AFTER, BEFORE).step("issuer").reason == (
        "It was signed with a key that is not believed since May 10, 2026, 00:00 UTC; the journal of"
        f" {cast.ISSUER} shows that this very copy was signed on May 9, 2026, before that."
    )


def test_a_copy_that_is_believed_proves_the_issuer_it_names() -> None:
    assert asked(AFTER, BEFORE).issuer == cast.ISSUER


def test_of_a_key_that_will_be_withdrawn_nothing_is_doubted_yet() -> None:
    assert asked(BEFORE, None, known_by=BEFORE, asserts=True).verdict == "valid"


def test_a_key_that_never_could_assert_and_was_not_withdrawn_is_no_matter_of_the_journal() -> None:
    document = cast.issuer_document(may_assert=False)
    report = verify(
        BADGE,
        documents=cast.web(**{cast.ISSUER_DOCUMENT: document}),
        now=cast.NOW,
        issued=lambda _credential: cast.ISSUED,
    )
    assert report.step("issuer").outcome == "failed"


def test_the_journal_is_asked_only_where_a_key_was_withdrawn() -> None:
    def never(_credential: Mapping[str, Any]) -> datetime:
        raise AssertionError("asked")

    assert verify(BADGE, documents=cast.web(), now=cast.NOW, issued=never).verdict == "valid"
    altered = {**BADGE, "name": "Another"}
    assert verify(altered, documents=web(), now=AFTER, issued=never).verdict == "invalid"
    stranger = cast.badge(signer=cast.STRANGER)
    assert verify(stranger, documents=web(), now=AFTER, issued=never).verdict == "invalid"


@given(
    now=st.timedeltas(DAY, 1700 * DAY).map(lambda later: cast.ISSUED + later),
    created=st.timedeltas(-2000 * DAY, 2000 * DAY).map(lambda away: WITHDRAWN + away),
    asserts=st.booleans(),
)
def test_a_thief_is_never_believed_whatever_date_is_written_and_whenever_it_is_asked_about(
    now: datetime, created: datetime, asserts: bool
) -> None:
    bare = {name: value for name, value in BADGE.items() if name != "proof"}
    forged = add_proof({**bare, "name": "Forged"}, signer=cast.SIGNER, created=created)
    # The journal knows the honest copy under this very id, and no other.
    known = {str(BADGE["proof"]): BEFORE}
    report = verify(
        forged,
        documents=web(asserts=asserts),
        now=now,
        known_by=max(now, AFTER),
        issued=lambda credential: known.get(str(credential["proof"])),
    )
    assert report.step("proof").outcome == "passed"
    assert report.verdict != "valid"
