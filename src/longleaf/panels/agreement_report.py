"""What `longleaf agreement` tells: every figure as one stable JSON form, and the same as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from longleaf.engines.rubrics.agreement.estimate import Estimate
from longleaf.engines.rubrics.agreement.measuring import Agreement, agreement
from longleaf.engines.rubrics.agreement.ratings import Rating
from longleaf.engines.rubrics.agreement.scale import Scale
from longleaf.engines.rubrics.severity import Severity, severity_of
from longleaf.panels.ratings_file import RatingsFile

TITLES = {
    "exact": "Exact agreement",
    "adjacent": "Exact or adjacent",
    "kappa": "Kappa (Cohen, Conger)",
    "kappa_linear": "  linear weights",
    "kappa_quadratic": "  quadratic weights",
    "kappa_ordinal": "  ordinal weights",
    "fleiss_kappa": "Fleiss's kappa",
    "ac1": "Gwet's AC1",
    "ac2_linear": "Gwet's AC2, linear weights",
    "ac2_quadratic": "  quadratic weights",
    "ac2_ordinal": "  ordinal weights",
    "alpha_nominal": "Krippendorff's alpha, nominal",
    "alpha_ordinal": "  ordinal",
    "alpha_interval": "  interval",
}


def report(file: RatingsFile) -> dict[str, Any]:
    """All figures: over all criteria, and for each where there are several; docs/reference/agreement-json.md."""
    several = len(file.criteria) > 1
    return {
        "level": "ordinal" if file.scale.ordered else "nominal",
        "categories": list(file.scale.categories),
        "missing": file.missing,
        "overall": _part(file.ratings, file.scale) if several else _part(*file.of(next(iter(file.criteria)))),
        "criteria": {criterion: _part(*file.of(criterion)) for criterion in (file.criteria if several else ())},
    }


def in_words(found: Mapping[str, Any]) -> str:
    """The report as tables."""
    lines = [f"Categories, {found['level']}: {', '.join(found['categories'])}"]
    for title, part in (("Over all", found["overall"]), *found["criteria"].items()):
        lines += ["", title, "─" * len(title), *_told(part)]
        lines += _told_of_fewer(title, part) if part is not found["overall"] else ()
    return "\n".join(lines)


def _told_of_fewer(criterion: str, part: Mapping[str, Any]) -> Iterable[str]:
    """AC1 and AC2 count every category that could have been given, so one that could not makes them too high."""
    categories, counts = part["categories"], part["base_rate"]["counts"]
    used = [each for each in categories if counts[each]]
    if len(used) < len(categories):
        yield ""
        yield f"Only {len(used)} of {len(categories)} categories are used here, and AC1 and AC2 count them all."
        yield f'If the others cannot be given, measure again with --order "{criterion}={",".join(used)}".'


def _part(ratings: Sequence[Rating], scale: Scale) -> dict[str, Any]:
    measured = agreement(ratings, scale=scale)
    severities = severity_of(ratings, scale=scale)
    return {
        "categories": list(scale.categories),
        "counts": {
            "subjects": measured.subjects,
            "units": measured.units,
            "shared": measured.shared,
            "raters": measured.raters,
            "ratings": measured.ratings,
        },
        "agreement": {name: _figure(estimate) for name, estimate in _estimates(measured).items()},
        "base_rate": {
            "counts": dict(measured.base_rate.counts),
            "shares": dict(measured.base_rate.shares),
            "most_frequent": measured.base_rate.most_frequent,
            "share_of_most_frequent": measured.base_rate.share_of_most_frequent,
        },
        "severity": {rater: _severity(each) for rater, each in severities.items()},
    }


def _estimates(measured: Agreement) -> dict[str, Estimate]:
    """By the names of the JSON form; weighted figures are left out on a nominal scale."""
    weighted = [each for each in measured.kappas if each != "identity"]
    return {
        "exact": measured.exact,
        "adjacent": measured.adjacent,
        "kappa": measured.kappa,
        **{f"kappa_{each.value}": measured.kappas[each] for each in weighted},
        "fleiss_kappa": measured.fleiss_kappa,
        "ac1": measured.ac1,
        **{f"ac2_{each.value}": measured.acs[each] for each in weighted},
        **{f"alpha_{distance.value}": estimate for distance, estimate in measured.alphas.items()},
    }


def _severity(severity: Severity) -> dict[str, Any]:
    return {"shared": severity.shared, "plain": _figure(severity.plain), "adjusted": _figure(severity.adjusted)}


def _figure(estimate: Estimate) -> dict[str, Any]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high, "reason": estimate.reason}


def _told(part: Mapping[str, Any]) -> Iterable[str]:
    counts = part["counts"]
    yield f"{counts['ratings']:,} ratings by {counts['raters']:,} raters of {counts['subjects']:,} subjects;"
    yield f"{counts['shared']:,} of {counts['units']:,} units were rated by two or more."
    yield ""
    yield f"{'':<32}{'figure':>8}  95 % interval"
    for name, figure in part["agreement"].items():
        yield f"{TITLES[name]:<32}{_cells(figure)}"
    yield ""
    yield "How ratings are spread"
    for category, share in part["base_rate"]["shares"].items():
        yield f"  {category:<30}{share:>8.1%}  {part['base_rate']['counts'][category]:,}"
    yield from _severities_told(part["severity"])


def _severities_told(severities: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    """The harshest first; nothing on a nominal scale, where nobody can be harsher."""
    known = {rater: each for rater, each in severities.items() if each["plain"]["value"] is not None}
    if not known:
        return
    yield ""
    yield "Severity, in steps below the others (the most severe first)"
    yield f"  {'rater':<22}{'shared':>8}{'plain':>8}  {'95 % interval':<18}{'adjusted':>8}  95 % interval"
    for rater, each in sorted(known.items(), key=lambda item: -item[1]["adjusted"]["value"]):
        plain, adjusted = _cells(each["plain"]), _cells(each["adjusted"])
        yield f"  {rater:<22}{each['shared']:>8,}{plain:<28}{adjusted}".rstrip()


def _cells(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None:
        return f"{'–':>8}  {figure['reason']}"
    interval = f"{figure['low']:.3f} to {figure['high']:.3f}" if figure["low"] is not None else figure["reason"]
    return f"{figure['value']:>8.3f}  {interval}"
