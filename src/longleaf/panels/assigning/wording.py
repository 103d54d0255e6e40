"""Why somebody was chosen, in a sentence that the rater and the lead may read: nothing in it tells whose work it is."""

from __future__ import annotations

from longleaf.kit.dates import day
from longleaf.kit.numbers import number
from longleaf.panels.assigning.matching import Match


def why(match: Match) -> str:
    """Why this rater, in at most 300 characters."""
    rater = match.rater
    under_way, asked = rater.under_way + match.given, rater.asked + match.given
    parts = ["Stands outside by every rule of the pool"]
    if match.fields:
        seen = f" ({match.fields_confirmed} confirmed)" if match.fields_confirmed else ""
        parts.append(f"knows {match.fields_known} of {number(match.fields, 'field')} that it is about{seen}")
    parts.append(
        f"has {number(under_way, 'reading') if under_way else 'no reading'} under way, {rater.at_a_time} at most"
    )
    parts.append(
        f"was asked {number(asked, 'time')} in 30 days, {rater.a_month} at most"
        if asked
        else "was not asked in the last 30 days"
    )
    if rater.last_asked:
        parts[-1] += f", last on {day(rater.last_asked)}"
    return "; ".join(parts) + "."
