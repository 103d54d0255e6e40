"""The formats of a policy, a local overlay and a record as JSON Schema (2020-12), for those who write them elsewhere.

The readers stay the judge: whatever they take is valid here, and they refuse more, such as a code that is not defined.
An optional key may also be null, as the readers take it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longleaf.engines.policy.limits import CYCLE, YEAR
from longleaf.engines.policy.needs import MOST_YEARS, NEEDS
from longleaf.engines.policy.notices import KINDS
from longleaf.engines.policy.policy import OF_LICENCE, OF_YEAR, PURPOSES
from longleaf.engines.policy.record import Outcome
from longleaf.engines.policy.results import GIFTS
from longleaf.engines.policy.rules import STEP, Standing

Schema = dict[str, Any]
Fields = Mapping[str, Schema]

TEXT: Schema = {"type": "string", "pattern": r"\S"}
ANY_TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "array", "items": TEXT, "uniqueItems": True}
SOME_WORDS: Schema = {**WORDS, "minItems": 1}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"\d"}]}
POSITIVE: Schema = {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": "[1-9]"}]}
WHOLE: Schema = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"\d"}]}
YEAR_OF_LICENCE: Schema = {
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_YEARS}, {"type": "string", "pattern": "[1-9]"}]
}
A_STEP: Schema = {"anyOf": [{"type": "number", "minimum": float(STEP)}, {"type": "string", "pattern": "[1-9]"}]}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-?(\d{2}-?\d{2}|W\d{2}(-?\d)?)$"}
VERSION: Schema = {"enum": [1, "1"]}


def policy_schema() -> Schema:
    """The schema of a policy document."""
    counted = ("unit", "roles", "licence_types", "categories", "kinds", "eligibility", "values", "window", "splitting")
    needed = {"required": ["versions"], "properties": {"versions": {"type": "array"}}}
    whole = _mapping(
        {**RULED, "jurisdiction": TEXT},
        {
            "schema_version": VERSION,
            "purpose": {"enum": list(PURPOSES)},
            "unit": _mapping({"code": TEXT, "title": TEXT, "plural": TEXT}),
            "year_starts": {"type": "string", "pattern": r"^\s*(\d{2}-?\d{2})?\s*$"},
            "roles": _list(_mapping({"code": TEXT, "title": TEXT}, {**UNSAID, "within": WORDS})),
            "licence_types": _list(_ref("licence_type")),
            "levels": WORDS,
            "units": _mapping({**RULED, "of": SOME_WORDS}, NOTED),
            "window": _ref("window"),
            "splitting": _mapping(RULED, NOTED),
            "plans": _mapping({**RULED, "may_waive": SOME_WORDS}, {**NOTED, "reviewed": FLAG, "of": SOME_WORDS}),
            "versions": _list(_ref("version"), at_least=1),
            **_shared_lists(),
            **NOTED,
        },
    )
    return _published(
        "policy", _explained({**whole, "if": needed, "then": {"required": list(counted)}}), _explained(POLICY_DEFS)
    )


def overlay_schema() -> Schema:
    """The schema of a unit's document that is laid over a policy."""
    part = _mapping(
        {"roles": SOME_WORDS, "category": TEXT, "credits": POSITIVE, "takes": TEXT}, {**UNSAID_TITLE, "versions": WORDS}
    )
    whole = _mapping(
        {**RULED, "overlay_of": TEXT, "by": TEXT},
        {
            "schema_version": VERSION,
            "jurisdiction": {},
            "parts": _list(part),
            **_shared_lists(),
            **NOTED,
        },
    )
    return _published("policy-overlay", _explained(whole), _explained(POLICY_DEFS))


def record_schema() -> Schema:
    """The schema of a record in a file."""
    whole = {
        **_mapping({}, {"schema_version": VERSION, **RECORD}),
        "anyOf": [{"required": ["licence"]}, {"required": ["licences"]}],
    }
    return _published("policy-record", whole, RECORD_DEFS)


def _published(name: str, whole: Schema, defs: Mapping[str, Schema]) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:longleaf:{name}:1",
        "title": f"Longleaf {name.replace('-', ' ')}, version 1",
        **whole,
        "$defs": dict(defs),
    }


def _mapping(required: Fields, optional: Fields | None = None) -> Schema:
    """A mapping with these keys and no others; an optional one may be null."""
    optional = {
        key: {"anyOf": [schema, {"type": "null"}]} if schema else {} for key, schema in (optional or {}).items()
    }
    schema: Schema = {"type": "object", "properties": {**required, **optional}, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def _explained(schema: Any) -> Any:
    """The same with what each key holds, wherever it stands."""
    if isinstance(schema, list):
        return [_explained(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    found = {name: _explained(value) for name, value in schema.items()}
    if isinstance(properties := found.get("properties"), dict):
        told = {key: DESCRIPTIONS[key] for key, value in properties.items() if value and key in DESCRIPTIONS}
        found["properties"] = properties | {key: {**properties[key], "description": told[key]} for key in told}
    return found


def _list(of: Schema, *, at_least: int = 0) -> Schema:
    return {"type": "array", "items": of, **({"minItems": at_least} if at_least else {})}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_of_kinds(kinds: Mapping[str, Schema]) -> Schema:
    """One of several mappings that differ by their `kind`."""
    return {
        "type": "object",
        "required": ["kind"],
        "anyOf": [
            {
                **schema,
                "properties": {"kind": {"const": kind}, **schema["properties"]},
                "required": ["kind", *schema.get("required", [])],
            }
            for kind, schema in kinds.items()
        ],
    }


def _shared_lists() -> Fields:
    """The lists that a policy and an overlay have alike."""
    return {
        "categories": _list(_mapping({"code": TEXT, "title": TEXT}, UNSAID)),
        "kinds": _list(_mapping({"code": TEXT, "title": TEXT, "measure": TEXT, "measures": TEXT}, UNSAID)),
        "lists": _list(_mapping(RULED, {**NOTED, "items": WORDS, "recognised_by": WORDS})),
        "programs": _list(_mapping({"code": TEXT, "title": TEXT}, {**UNSAID, "approved": _ref("span")})),
        "stacks": _list(_mapping({"code": TEXT, "title": TEXT}, {**UNSAID, "pieces": WORDS})),
        "eligibility": _list(_mapping({**RULED, "when": _ref("condition")}, NOTED)),
        "values": _list(_ref("value")),
        "admissions": _list(_mapping({**RULED, "of": SOME_WORDS, "when": _ref("condition"), "otherwise": TEXT}, NOTED)),
        "caps": _list(_ref("cap")),
        "results": _list(_mapping({**RULED, "gives": _ref("gift"), "needs": _ref("need")}, {**NOTED, **WHOM})),
        "obligations": _list(_mapping({**RULED, "needs": _ref("need")}, {**NOTED, **WHOM, "by_year": YEAR_OF_LICENCE})),
        "ladders": _list(_ref("ladder")),
        "notices": _list(_ref("notice")),
        "examples": {"type": "array"},
    }


# What a key holds, wherever it stands, for whoever writes a document by a form or with an editor that shows it.
DESCRIPTIONS: Mapping[str, str] = {
    "after_expiry": "What a credit that was earned too late may still do, as a sentence.",
    "at_least": "So much or more is needed.",
    "at_most": "No more than this counts.",
    "because": "Why there is no value, as a sentence.",
    "by_year": "The year of the license by whose end it must be met.",
    "credits": "How many of the policy's own unit; for each level where it goes by levels.",
    "cycle": "Whether credits count in the period of the license, or in each policy year by itself.",
    "cycle_years": "How many years a cycle lasts.",
    "earned": "The days on which a credit must have been earned for this rule to hold.",
    "examples": "The policy's own test cases.",
    "grace_days": "Credits earned up to so many days after the end of a cycle still count for it.",
    "in_force": "The days on which this rule itself holds.",
    "jurisdiction": "Whose policy it is.",
    "licences_expiring": "The licenses that this rule concerns, by the day on which they expire.",
    "may_waive": "The categories that a local plan may stand in for.",
    "months": "Credits of so many last months before a cycle are carried over into it.",
    "note": "What a reader should know about the source or the reading of it.",
    "otherwise": "What is shown where the condition does not hold, as a sentence.",
    "settled": "Why no credits renew this license, as a sentence.",
    "source_ids": "The sources that this rests on, by their ids.",
    "standing": "How sure it is, from the state's own text to invented.",
    "takes": "The eligibility rule that says which credits this category takes.",
    "text": "The rule as it is shown to people, who must see to it themselves.",
    "total": "What all parts of a requirement add up to.",
    "unless_set": "What is shown where the school unit has set no value yet, as a sentence.",
    "year_starts": "Month and day on which a policy year begins, such as 07-01.",
    "years": "How many years a license of this type lasts.",
}
STANDING: Schema = {"enum": [str(it) for it in Standing]}
# A rule as it must say itself, what it may add, and what it may leave to the rule above it.
RULED: Fields = {"id": TEXT, "title": TEXT, "source_ids": WORDS, "standing": STANDING}
NOTED: Fields = {"note": ANY_TEXT}
UNSAID: Fields = {"source_ids": WORDS, "standing": STANDING, **NOTED}
UNSAID_TITLE: Fields = {"id": ANY_TEXT, "title": ANY_TEXT, **UNSAID}
WHOM: Fields = {
    "roles": WORDS,
    "licences": WORDS,
    "licences_expiring": _ref("span"),
    "in_force": _ref("span"),
}

CONDITIONS: Mapping[str, Schema] = {
    **{kind: _mapping({}) for kind in ("anything", "licence_area", "recorded", "prior_approval", "approved")},
    **{
        kind: _mapping({"among": SOME_WORDS})
        for kind in (
            *("topic", "credit_kind", "item", "language", "stack", "program"),
            *("issuer", "issuer_kind", "recognised_by"),
        )
    },
    "aligned": _mapping({"to": SOME_WORDS}),
    "level_at_least": _mapping({"level": TEXT}),
    "on_list": _mapping({"list": TEXT}),
    "evidence_within": _mapping({"days": WHOLE}),
    "earned": _mapping({}, {"from": DAY, "before": DAY}),
    "any_of": _mapping({"conditions": _list(_ref("condition"), at_least=1)}),
    "all_of": _mapping({"conditions": _list(_ref("condition"), at_least=1)}),
    "not": _mapping({"condition": _ref("condition")}),
}
WORTHS: Mapping[str, Schema] = {
    "rate": _mapping({"credits": POSITIVE}, {"per": POSITIVE}),
    "fixed": _mapping({"credits": POSITIVE}),
    "by_level": _mapping({"credits": {"type": "object", "additionalProperties": POSITIVE, "minProperties": 1}}),
    "published": _mapping({}, {"credits": POSITIVE, "per": POSITIVE, "at_most": POSITIVE}),
    "by_approval": _mapping({"worth": _ref("worth"), "until": TEXT}),
    "from_list": _mapping({"list": TEXT, "worth": _ref("worth"), "otherwise": TEXT}),
    "set_locally": _mapping({"unless_set": TEXT}),
    "no_value": _mapping({"because": TEXT}),
}
SOUGHT: Fields = {"when": _ref("condition")}
NEED_KINDS: Mapping[str, Schema] = {
    "count": _mapping({"at_least": WHOLE, **SOUGHT}, {"in_year": YEAR_OF_LICENCE}),
    "credits": _mapping({"at_least": POSITIVE, **SOUGHT}, {"in_year": YEAR_OF_LICENCE}),
    "from_groups": _mapping(
        {
            "at_least": WHOLE,
            **SOUGHT,
            "groups": _list(_mapping({"title": TEXT, "at_least": WHOLE, **SOUGHT}), at_least=1),
        },
        {"in_year": YEAR_OF_LICENCE},
    ),
    "stack": _mapping({"among": SOME_WORDS}),
    "program": _mapping({"among": SOME_WORDS}),
    "score_band": _mapping({"exam": TEXT, "sem_below": POSITIVE}),
    "approval": _mapping({"code": TEXT, "title": TEXT}),
    "all_of": _mapping({"needs": _list(_ref("need"), at_least=1)}),
    "any_of": _mapping({"needs": _list(_ref("need"), at_least=1)}),
}
DATA: Mapping[str, Schema] = {
    **dict.fromkeys(("instrument", "currency", "per", "has_earned", "decided_by", "law"), TEXT),
    **dict.fromkeys(("free_for", "may", "may_not", "levels"), WORDS),
    **dict.fromkeys(("amount", "turnaround_days"), NUMBER),
    **dict.fromkeys(("double_blind", "paid"), FLAG),
    "since": DAY,
}
POLICY_DEFS: Mapping[str, Schema] = {
    "span": _mapping({}, {"from": DAY, "before": DAY}),
    "condition": _one_of_kinds(CONDITIONS),
    "worth": _one_of_kinds(WORTHS),
    "need": _one_of_kinds({kind: NEED_KINDS[kind] for kind in NEEDS}),
    "gift": _one_of_kinds(
        {
            kind: _mapping(dict.fromkeys(needed, TEXT), dict.fromkeys(possible, TEXT))
            for kind, (needed, possible) in GIFTS.items()
        }
    ),
    "value": _mapping(
        {**RULED, "of": TEXT, "worth": _ref("worth")},
        {**NOTED, "when": _ref("condition"), "licences_expiring": _ref("span"), "earned": _ref("span")},
    ),
    "cap": _mapping(
        {**RULED, "of": SOME_WORDS, "at_most": POSITIVE},
        {**NOTED, "when": _ref("condition"), "per": {"enum": [CYCLE, YEAR]}, "within": ANY_TEXT},
    ),
    "window": _mapping(
        RULED,
        {
            **NOTED,
            "after_expiry": ANY_TEXT,
            "grace_days": WHOLE,
            "carry_over": _mapping({**RULED, "at_most": POSITIVE, "months": WHOLE}, NOTED),
        },
    ),
    "licence_type": _mapping(
        {"code": TEXT, "title": TEXT, "renewed_by_credits": FLAG},
        {**UNSAID, "years": WHOLE, "settled": ANY_TEXT},
    ),
    "version": _mapping(
        {
            **RULED,
            "total": NUMBER,
            "requirements": _list(
                _mapping({"roles": SOME_WORDS, "parts": _list(_ref("part"), at_least=1)}), at_least=1
            ),
        },
        {
            **NOTED,
            "licences_expiring": _ref("span"),
            "in_force": _ref("span"),
            "cycle": {"enum": [OF_LICENCE, OF_YEAR]},
            "cycle_years": WHOLE,
        },
    ),
    "part": _mapping({"category": TEXT, "credits": POSITIVE, "takes": TEXT}, UNSAID_TITLE),
    "ladder": _mapping(
        {
            **RULED,
            "counts": _ref("condition"),
            "steps": _list(
                _mapping({"title": TEXT, "credits": A_STEP}, {"repeats": FLAG, "gives": _ref("gift")}), at_least=1
            ),
        },
        {**NOTED, **WHOM},
    ),
    "notice": _mapping(
        {**RULED, "text": TEXT},
        {
            **NOTED,
            "roles": WORDS,
            "licences_expiring": _ref("span"),
            "kind": {"enum": list(KINDS)},
            "data": _mapping({}, {key: DATA[key] for reads, _ in KINDS.values() for key in reads}),
        },
    ),
}

RECORD: Fields = {
    "licence": _ref("licence"),
    "licences": _list(_ref("licence"), at_least=1),
    "credits": _list(_ref("credit")),
    "approvals": _list(_mapping({"code": TEXT, "by": TEXT, "given_on": DAY})),
    "plans": _list(_ref("plan")),
}
RECORD_DEFS: Mapping[str, Schema] = {
    "licence": _mapping(
        {"kind": TEXT, "role": TEXT},
        {
            "id": ANY_TEXT,
            "issued": DAY,
            "expires": DAY,
            "areas": WORDS,
            "scores": {
                "type": "object",
                "additionalProperties": _mapping({"score": NUMBER, "qualifying": NUMBER}, {"sem": POSITIVE}),
            },
        },
    ),
    "credit": _mapping(
        {"id": TEXT, "kind": TEXT, "earned_on": DAY},
        {
            **dict.fromkeys(("title", "item", "level", "language"), ANY_TEXT),
            **dict.fromkeys(("issuer", "issuer_kind", "program", "stack"), ANY_TEXT),
            **dict.fromkeys(("alignments", "topics", "categories_claimed", "recognised_by", "pieces"), WORDS),
            **dict.fromkeys(("amount", "published"), POSITIVE),
            **dict.fromkeys(("begun_on", "approved_on", "evidence_on"), DAY),
            "counted_before": NUMBER,
            "value": _mapping({"credits": NUMBER, "set_by": TEXT, "rule": TEXT}, {"per_hour": FLAG}),
            "decision": _mapping(
                {"outcome": {"enum": [str(it) for it in Outcome]}, "by": TEXT},
                {"decided_on": DAY, "reason": ANY_TEXT, "credits": NUMBER},
            ),
        },
    ),
    "plan": _mapping(
        {
            "id": TEXT,
            "title": TEXT,
            "set_by": TEXT,
            "from": DAY,
            "waives": WORDS,
            "outcomes": _list(_mapping({"title": TEXT, "at_least": WHOLE}, {"accepts": WORDS}), at_least=1),
        },
        {"until": DAY, "reviewed_on": DAY},
    ),
}
