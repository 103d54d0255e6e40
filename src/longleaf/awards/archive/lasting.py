"""Status lists that outlive the platform: the bits of the archive's moment, signed anew to be good for long.

Nobody can withdraw a badge once the platform is gone, so the last word is written down as such: the list says from
which moment on it speaks, and until when it may be relied on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from longleaf.awards import status_lists
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import StatusList
from longleaf.engines.openbadges import times
from longleaf.engines.openbadges.proving import add_proof

# Longer than anybody teaches, and not for ever: a verifier that heeds dates shall not find none.
YEARS = 100


@transaction.atomic
def lasting(status_list: StatusList, *, moment: datetime) -> dict[str, Any]:
    """The list as it is served now, signed as of `moment`. Raises `NoUsableKey` when its issuer cannot sign."""
    signer = signing_keys.signer_for(status_list.organisation)
    served = status_lists.current(status_list=status_list)
    unsigned = {name: value for name, value in served.items() if name != "proof"}
    dates = {"validFrom": times.written(moment), "validUntil": times.written(_years_after(moment))}
    return add_proof({**unsigned, **dates}, signer=signer, created=moment)


def _years_after(moment: datetime) -> datetime:
    try:
        return moment.replace(year=moment.year + YEARS)
    except ValueError:
        # A leap day, a hundred years later.
        return moment.replace(year=moment.year + YEARS, day=28)
