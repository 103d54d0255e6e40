"""Agreement: how far raters say the same of the same subjects, and how far that is more than chance.

`agreement` takes ratings and a scale and gives every figure with its interval: exact and adjacent agreement, Cohen's,
Conger's and Fleiss's kappa, Krippendorff's alpha, Gwet's AC1 and AC2, and beside them the base rate, without which none
of them can be read. Missing ratings are simply absent. A figure that is not defined is None and says why.
"""

from longleaf.engines.rubrics.agreement.estimate import Estimate
from longleaf.engines.rubrics.agreement.measuring import Agreement, BaseRate, agreement
from longleaf.engines.rubrics.agreement.ratings import Rating, RatingsError
from longleaf.engines.rubrics.agreement.scale import Scale, ScaleError
from longleaf.engines.rubrics.agreement.weights import Distance, Weights

__all__ = [
    "Agreement",
    "BaseRate",
    "Distance",
    "Estimate",
    "Rating",
    "RatingsError",
    "Scale",
    "ScaleError",
    "Weights",
    "agreement",
]
