"""Records, endorsements, suspensions, status lists and tokens: others believe what we do, and refuse what we refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.peers import corpus, further_shapes, node
from tests.peers.answers import Answer
from tests.peers.test_corpus import asked, in_node, ours  # noqa: F401  A fixture is used by its name.

# Neither Python library reads everything. One asks that JSON-LD be written just as its context would have it, which the
# context of learner records allows nobody for associations; the other takes badges only as tokens.
UNREAD = {"Python: record", *(f"Python: {name} as a token" for name in ("endorsement", "record", "status list"))}


def in_turn(shapes: Mapping[str, Any], peer: node.NodePeer) -> dict[str, Any]:
    answers = asked(list(shapes.values()), further_shapes.documents(), peer)
    return {
        f"{who}: {name}": answer.reason
        for who, said in answers.items()
        for name, answer in zip(shapes, said, strict=True)
        if not answer.accepts
    }


@pytest.mark.parametrize("suite", corpus.SUITES)
def test_every_further_shape_is_believed_by_everybody(suite: str, in_node: node.NodePeer) -> None:  # noqa: F811
    refused = in_turn(further_shapes.shapes(suite), in_node)
    assert set(refused) <= UNREAD, refused


@pytest.mark.parametrize("algorithm", further_shapes.ALGORITHMS)
def test_every_token_is_believed_by_everybody(algorithm: str, in_node: node.NodePeer) -> None:  # noqa: F811
    shapes = {f"{name} as a token": token for name, token in further_shapes.shapes_as_tokens(algorithm).items()}
    refused = in_turn(shapes, in_node)
    assert set(refused) <= UNREAD, refused


def test_a_suspended_badge_is_refused_by_everybody(in_node: node.NodePeer) -> None:  # noqa: F811
    badge = further_shapes.shapes(corpus.SUITES[0])["badge that can be suspended"]
    answers = asked([badge], further_shapes.documents(further_shapes.SUSPENDED), in_node)
    assert [said[0].accepts for said in answers.values()] == [False, False, False]


def believed(credentials: dict[str, Any], peer: node.NodePeer) -> set[tuple[str, str]]:
    answers: dict[str, list[Answer]] = asked(list(credentials.values()), further_shapes.documents(), peer)
    return {
        (who, name)
        for who, said in answers.items()
        for name, answer in zip(credentials, said, strict=True)
        if answer.accepts
    }


@pytest.mark.parametrize("suite", corpus.SUITES)
def test_every_change_of_an_endorsement_is_refused_by_everybody(suite: str, in_node: node.NodePeer) -> None:  # noqa: F811
    changed = dict(corpus.tampered(further_shapes.shapes(suite)["endorsement"]))
    assert len(changed) > 50
    assert believed(changed, in_node) == set()


@pytest.mark.parametrize("algorithm", further_shapes.ALGORITHMS)
def test_every_token_with_a_part_changed_is_refused_by_everybody(algorithm: str, in_node: node.NodePeer) -> None:  # noqa: F811
    token = further_shapes.shapes_as_tokens(algorithm)["badge"]
    header, payload, signature = token.split(".")
    changed = {
        "header": f"{header[:-6]}AAAAAA.{payload}.{signature}",
        "payload": f"{header}.{payload[:40]}A{payload[41:]}.{signature}",
        "another payload": f"{header}.{payload[:41]}B{payload[42:]}.{signature}",
        "signature": f"{header}.{payload}.{signature[:20]}{'A' * 6}{signature[26:]}",
        "no signature": f"{header}.{payload}.",
    }
    assert believed(changed, in_node) == set()
