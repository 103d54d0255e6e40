"""The three ways in which a request can be refused, and what they share.

    Refusal
    ├── BadInput    422  what was given cannot be used; says what, where and how to mend it
    ├── NotAllowed  403  this person may not; `hidden=True` answers 404, so that a stranger learns nothing
    └── WrongState  409  it would be allowed, but not now

Every app derives its own errors from one of the three and gives each a stable `code`. `longleaf.kit.middleware` alone
turns them into pages and JSON.
"""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """Something was asked for that will not be done. `sentence` says why and what to do next."""

    code = "refused"
    http_status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadInput(Refusal):
    """What was given cannot be used. `fields` maps the name of a field to its own sentence."""

    code = "bad-input"
    http_status = 422

    def __init__(self, sentence: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = dict(fields or {})


class NotAllowed(Refusal):
    """This person may not do this. Where even the existence is private, `hidden` turns the answer into 404."""

    code = "not-allowed"
    http_status = 403

    def __init__(self, sentence: str = "You are not allowed to do this.", *, hidden: bool = False) -> None:
        super().__init__(sentence)
        self.hidden = hidden
        if hidden:
            self.http_status = 404


class WrongState(Refusal):
    """It cannot be done now: somebody was faster, or a step is missing or over."""

    code = "wrong-state"
    http_status = 409
