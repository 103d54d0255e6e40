"""Agreement: how far raters say the same of the same subjects, and how far that is more than chance.

`measuring.agreement` takes ratings and a scale and gives every figure with its interval: exact and adjacent agreement,
Cohen's, Conger's and Fleiss's kappa, Krippendorff's alpha, Gwet's AC1 and AC2, and beside them the base rate, without
which none of them can be read. Missing ratings are simply absent. A figure that is not defined is None and says why.

    scale, ratings          → what was rated, and on which categories
    weights, pairs          → how much two ratings agree
    conger, pooled, krippendorff   → the coefficients
    estimate, student       → a figure with its interval
    measuring               → all of them at once

This face exports nothing: whoever uses it names the module it needs, and so no module needs the face.
"""
