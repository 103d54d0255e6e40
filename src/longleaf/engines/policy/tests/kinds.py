"""The kinds of rule that a policy must express, each as a whole small document with its own examples."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

_TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("kinds_of_rule.yaml").read_text("utf-8"))
KINDS: dict[str, dict[str, Any]] = _TABLE["kinds"]


def document_of(kind: str) -> dict[str, Any]:
    """The base with what the kind changes; values are added to those of the base where they are of other kinds."""
    row = copy.deepcopy(KINDS[kind])
    document: dict[str, Any] = {**copy.deepcopy(_TABLE["base"]), **row["policy"]}
    valued = {value["of"] for value in document["values"]}
    document["values"] += [value for value in _TABLE["base"]["values"] if value["of"] not in valued]
    document["examples"] = [
        {"title": kind, "as_of": _TABLE["as_of"], "licence": _TABLE["licence"], **example}
        for example in row["examples"]
    ]
    return _standing_said(document)


def _standing_said(document: dict[str, Any]) -> dict[str, Any]:
    """Every rule says that it is synthetic and rests on no source; the table leaves that out to stay readable."""
    sure = {"source_ids": [], "standing": "synthetic"}
    for key in ("eligibility", "values", "versions", "caps", "admissions", "results", "obligations", "ladders"):
        document[key] = [{**sure, **rule} for rule in document.get(key, [])]
    for key in ("notices", "lists"):
        document[key] = [{**sure, **rule} for rule in document.get(key, [])]
    for key in ("window", "splitting", "units", "plans"):
        if key in document:
            document[key] = {**sure, **document[key]}
    return document
