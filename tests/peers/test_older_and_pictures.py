"""Open Badges 2.0 and baked pictures: what we make, another library reads and believes, and the other way round."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob2.models import Assertion
from openbadgeslib.ob2.signer import OB2Signer
from openbadgeslib.ob2.verifier import OB2Verifier
from openbadgeslib.ob3.verifier import OB3Verifier

from longleaf.engines.openbadges import baking, hosted
from longleaf.engines.openbadges.tests import cast, test_older
from longleaf.engines.openbadges.verifying import verify
from tests.peers import corpus, further_shapes

EARNER = "ana@school.example"


def fetching(documents: dict[str, Any]) -> Callable[[str], bytes]:
    return lambda url: json.dumps(documents[url]).encode()


def both(material: Any, documents: dict[str, Any]) -> tuple[bool, bool]:
    """Whether we, and whether the other library, believe it."""
    peer = OB2Verifier(download=fetching(documents))
    asked = peer.verify if isinstance(material, str) else peer.verify_hosted
    try:
        asked(material, expected_recipient=EARNER, check_revocation=True)
        believed = True
    except LibOpenBadgesException:
        believed = False
    return verify(material, documents=cast.Web(documents), now=cast.NOW).verdict == "valid", believed


def test_a_hosted_badge_of_ours_is_believed_until_it_is_withdrawn() -> None:
    documents = dict(test_older.web().documents)
    assert both(test_older.ASSERTION, documents) == (True, True)
    withdrawn = hosted.revocation_list({test_older.ADDRESSES.assertion: "x"}, addresses=test_older.ADDRESSES)
    documents[test_older.ADDRESSES.revocation_list] = withdrawn
    assert both(test_older.ASSERTION, documents) == (False, False)


def test_a_badge_hosted_where_its_issuer_hosts_none_is_refused_by_both() -> None:
    elsewhere = "https://evil.example/assertions/1"
    forged = {**test_older.ASSERTION, "id": elsewhere}
    assert both(forged, {**test_older.web().documents, elsewhere: forged}) == (False, False)


@pytest.mark.parametrize(("key", "algorithm"), [(test_older.RSA, "RS256"), (test_older.EC, "ES256")])
def test_a_badge_that_the_other_library_signed_is_believed_by_both(key: Any, algorithm: str) -> None:
    plain = {**test_older.SIGNED, "verification": {"type": "SignedBadge", "creator": test_older.KEY}}
    del plain["evidence"]
    token = OB2Signer(cast.pem(key), algorithm).sign(Assertion.from_dict(plain))
    documents = dict(test_older.signed_web(key).documents)
    assert both(token, documents) == (True, True)
    header, payload, signature = token.split(".")
    assert both(f"{header}.{payload}.{signature[:-8]}AAAAAAAA", documents) == (False, False)
    assert both(token, dict(test_older.signed_web(cast.rsa_key()).documents)) == (False, False)


CARRIED = {
    "token": further_shapes.shapes_as_tokens("EdDSA")["badge"],
    "JSON": json.dumps(corpus.signed("full", "eddsa-rdfc-2022")),
}


@pytest.mark.parametrize("name", CARRIED)
def test_what_we_bake_the_other_library_finds(name: str) -> None:
    carried = CARRIED[name]
    assert OB3Verifier.extract_token_from_png(baking.bake_png(cast.png(), carried)) == carried
    assert OB3Verifier.extract_token_from_svg(baking.bake_svg(cast.SVG, carried)) == carried
    old = baking.OPEN_BADGES_2
    assert OB2Verifier.extract_token_from_png(baking.bake_png(cast.png(), carried, form=old)) == carried
    if name == "token":
        assert OB2Verifier.extract_token_from_svg(baking.bake_svg(cast.SVG, carried, form=old)) == carried


def test_what_the_other_library_bakes_we_find() -> None:
    plain = {**test_older.SIGNED, "verification": {"type": "SignedBadge", "creator": test_older.KEY}}
    del plain["evidence"]
    signer, assertion = OB2Signer(cast.pem(test_older.RSA), "RS256"), Assertion.from_dict(plain)
    for picture in (signer.sign_into_png(assertion, cast.png()), signer.sign_into_svg(assertion, cast.SVG)):
        report = verify(picture, documents=test_older.signed_web(), now=cast.NOW)
        assert (report.verdict, report.carrier in ("png", "svg")) == ("valid", True)
