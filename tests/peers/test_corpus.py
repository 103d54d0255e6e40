"""Whatever we sign, we and others believe; whatever is changed afterwards, nobody does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from longleaf.engines.openbadges import moulds
from longleaf.engines.openbadges.tests.cast import SIGNER, Web
from longleaf.engines.openbadges.verifying import verify
from tests.peers import corpus, node
from tests.peers.answers import Answer
from tests.peers.python import PythonPeer

NOW = datetime.fromisoformat(corpus.NOW)
Documents = dict[str, dict[str, Any]]
# The creator is the issuer, and that the issuer is a Profile is signed at `issuer` already. So no statement is lost
# here, and a library that looks at statements alone sees no change. Ours and the other one look at the JSON too.
SAID_TWICE = {("Node", corpus.SUITES[0], "credentialSubject/achievement/creator/type/0: taken away")}


@pytest.fixture(scope="module")
def in_node() -> Iterator[node.NodePeer]:
    if not node.is_installed():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(node.MISSING)
    with node.running() as peer:
        yield peer


def ours(credentials: list[Any], documents: Documents) -> list[Answer]:
    reports = [verify(each, documents=Web(documents), now=NOW) for each in credentials]
    return [Answer(each.verdict == "valid", None, str(each.as_dict())) for each in reports]


def asked(credentials: list[Any], documents: Documents, in_node: node.NodePeer) -> dict[str, list[Answer]]:
    return {
        "ours": ours(credentials, documents),
        "Node": in_node.verify(credentials, documents=documents, now=corpus.NOW),
        "Python": PythonPeer(documents).verify(credentials, now=corpus.NOW),
    }


def test_every_shape_is_believed_by_everybody(in_node: node.NodePeer) -> None:
    pairs = [(shape, suite) for shape in corpus.SHAPES for suite in corpus.SUITES]
    answers = asked([corpus.signed(*pair) for pair in pairs], corpus.documents(), in_node)
    refused = [
        (who, pair, answer.reason)
        for who, said in answers.items()
        for pair, answer in zip(pairs, said, strict=True)
        if not answer.accepts
    ]
    assert refused == []


def test_a_withdrawn_credential_is_refused_for_its_status_by_everybody(in_node: node.NodePeer) -> None:
    credential = corpus.signed("full", corpus.SUITES[0])
    answers = asked([credential], corpus.documents(77), in_node)
    assert [answers[who][0].accepts for who in answers] == [False, False, False]
    assert [(answers[who][0].proof, answers[who][0].status) for who in ("Node", "Python")] == [(True, False)] * 2


def test_a_cohort_signed_with_a_mould_is_believed_by_everybody(in_node: node.NodePeer) -> None:
    pattern = corpus.SHAPES["full"]
    mould = moulds.Mould(issuer=pattern.issuer, achievement=pattern.achievement)
    cohort = [replace(pattern, id=f"urn:uuid:{number}", name=f"№ {number} “ü”") for number in range(9)]
    signed = [mould.sign(each, signer=SIGNER, created=corpus.BEGUN) for each in cohort]
    answers = asked(signed, corpus.documents(), in_node)
    assert [(who, answer.reason) for who, said in answers.items() for answer in said if not answer.accepts] == []


@pytest.mark.parametrize("suite", corpus.SUITES)
def test_every_change_is_refused_by_everybody(suite: str, in_node: node.NodePeer) -> None:
    names, credentials = zip(*corpus.tampered(corpus.signed("with a schema", suite)), strict=True)
    assert len(names) > 200
    answers = asked(list(credentials), corpus.documents(), in_node)
    believed = {
        (who, suite, name)
        for who, said in answers.items()
        for name, answer in zip(names, said, strict=True)
        if answer.accepts
    }
    assert believed - SAID_TWICE == set()
