"""Building Open Badges 2.0: the four documents of a hosted badge, as the standard describes them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from longleaf.engines.openbadges import building, hosted
from longleaf.engines.openbadges.errors import CannotBuild

from . import cast
from .test_older import ADDRESSES, ASSERTION, BADGE_CLASS, HOST, NONE_REVOKED, PROFILE


def test_it_builds_the_assertion_that_the_standard_describes() -> None:
    identity = hashlib.sha256(b"ana@school.examples4lt").hexdigest()
    built = dict(ASSERTION)
    assert built == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": ADDRESSES.assertion,
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": True, "identity": f"sha256${identity}", "salt": "s4lt"},
        "badge": ADDRESSES.badge_class,
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-05-01T09:30:00Z",
        "expires": "2031-05-01T00:00:00Z",
        "image": "https://badges.example/awards/1.png",
        "narrative": "Judged against rubric version 2 by two readers.",
        "evidence": [{"type": "Evidence", "narrative": "Ten minutes.", "name": "Lesson video", "genre": "Video"}],
    }


def test_an_earner_s_name_in_plain_stays_out_of_a_hosted_badge() -> None:
    named = (building.PlainIdentity(identity="Ana Example"), *cast.CREDENTIAL.subject.identities)
    credential = replace(cast.CREDENTIAL, subject=building.Subject(identities=named))
    assert hosted.assertion(credential, addresses=ADDRESSES) == ASSERTION


def test_it_builds_the_badge_class_and_the_issuer_that_it_names() -> None:
    assert (BADGE_CLASS["type"], BADGE_CLASS["issuer"]) == ("BadgeClass", ADDRESSES.issuer)
    assert BADGE_CLASS["criteria"]["narrative"] == cast.ACHIEVEMENT.criteria
    assert BADGE_CLASS["alignment"][0]["targetCode"] == "4a"
    assert PROFILE["type"] == "Profile"
    assert PROFILE["verification"] == {"type": "VerificationObject", "startsWith": f"{HOST}/assertions/"}
    assert NONE_REVOKED["revokedAssertions"] == []


@pytest.mark.parametrize(
    ("build", "phrase"),
    [
        (
            lambda: hosted.assertion(
                replace(cast.CREDENTIAL, subject=building.Subject(id="did:example:ana")), addresses=ADDRESSES
            ),
            "hashed address only",
        ),
        (
            lambda: hosted.assertion(
                replace(
                    cast.CREDENTIAL,
                    subject=building.Subject(identities=(building.Identity(hash="x", salt="y", type="sourcedId"),)),
                ),
                addresses=ADDRESSES,
            ),
            "not by sourcedId",
        ),
        (lambda: hosted.badge_class(replace(cast.ACHIEVEMENT, image=None), addresses=ADDRESSES), "picture"),
        (lambda: hosted.issuer_profile(replace(cast.PROFILE, url=""), addresses=ADDRESSES), "web site"),
        (
            lambda: hosted.assertion(cast.CREDENTIAL, addresses=replace(ADDRESSES, assertion="urn:uuid:1")),
            "published on the web",
        ),
        (
            lambda: hosted.assertion(replace(cast.CREDENTIAL, narrative="\x00"), addresses=ADDRESSES),
            "narrative holds the character",
        ),
    ],
)
def test_it_refuses_what_makes_no_hosted_badge(build: Any, phrase: str) -> None:
    with pytest.raises(CannotBuild, match=phrase):
        build()
