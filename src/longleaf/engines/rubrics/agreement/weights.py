"""Weights: how much of an agreement two different categories are, from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from math import comb, fsum
from typing import TypeAlias

from longleaf.engines.rubrics.agreement.scale import Scale

Matrix: TypeAlias = tuple[tuple[float, ...], ...]


class Weights(StrEnum):
    """How much a near miss counts, by the formulas of Gwet, Handbook of Inter-Rater Reliability (2014), ch. 3."""

    IDENTITY = "identity"
    LINEAR = "linear"
    QUADRATIC = "quadratic"
    ORDINAL = "ordinal"


class Distance(StrEnum):
    """How far apart two values are for Krippendorff's alpha (Computing Krippendorff's Alpha-Reliability, 2011)."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def matrix(scale: Scale, weights: Weights) -> Matrix:
    """Agreement between every two categories of a scale, 1 on the diagonal."""
    places = scale.positions
    width = (places[-1] - places[0]) if len(places) > 1 else 1.0
    farthest = comb(len(places), 2) or 1
    formulas: dict[Weights, Callable[[int, int], float]] = {
        Weights.IDENTITY: lambda one, other: float(one == other),
        Weights.LINEAR: lambda one, other: 1 - abs(places[one] - places[other]) / width,
        Weights.QUADRATIC: lambda one, other: 1 - ((places[one] - places[other]) / width) ** 2,
        Weights.ORDINAL: lambda one, other: 1 - comb(abs(one - other) + 1, 2) / farthest,
    }
    return _square(len(places), formulas[weights])


def adjacent(scale: Scale) -> Matrix:
    """1 for the same category and its neighbours, 0 for all others."""
    return _square(len(scale.categories), lambda one, other: float(abs(one - other) <= 1))


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    return fsum(first * second for first, second in zip(one, other, strict=True))


def _square(size: int, formula: Callable[[int, int], float]) -> Matrix:
    return tuple(tuple(formula(one, other) for other in range(size)) for one in range(size))
