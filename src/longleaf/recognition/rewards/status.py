"""Kinds of rewards and of money, and the life of a promise as a table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class RewardKind(models.TextChoices):
    STIPEND = "stipend", "Stipend"
    LANE = "lane", "Step on the salary schedule"
    ADVANCED_ROLE = "advanced_role", "Advanced role"
    LEAVE = "leave", "Time"
    OTHER = "other", "Something else"


class FundingKind(models.TextChoices):
    FEDERAL = "federal", "Federal"
    STATE = "state", "State"
    LOCAL = "local", "Local"
    GRANT = "grant", "Grant or gift"
    OTHER = "other", "Other"


class PromiseStatus(models.TextChoices):
    WAITING = "waiting", "On the waiting list"
    PROMISED = "promised", "Promised"
    DUE = "due", "Earned, to be paid"
    PAID = "paid", "Paid"
    LAPSED = "lapsed", "Not earned in time"
    GIVEN_UP = "given_up", "Given up"
    ENDED = "ended", "The offer ended"


S = PromiseStatus
PROMISE_MOVES: Mapping[PromiseStatus, frozenset[PromiseStatus]] = {
    S.WAITING: frozenset({S.PROMISED, S.LAPSED, S.GIVEN_UP, S.ENDED}),
    S.PROMISED: frozenset({S.DUE, S.LAPSED, S.GIVEN_UP}),
    # A badge may be revoked before anything was paid.
    S.DUE: frozenset({S.PAID, S.PROMISED}),
    # A payment that is reversed is owed again.
    S.PAID: frozenset({S.DUE}),
    S.LAPSED: frozenset(),
    S.GIVEN_UP: frozenset(),
    S.ENDED: frozenset(),
}
# For these, money is set aside or has gone, and a place under the offer's cap is taken.
COMMITTED = frozenset({S.PROMISED, S.DUE, S.PAID})
OVER = frozenset({S.LAPSED, S.GIVEN_UP, S.ENDED})
