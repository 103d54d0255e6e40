"""Everything that somebody has earned here as one Comprehensive Learner Record 2.0, signed by the state's agency.

Each badge stands in it as it was signed, with its own issuer, proof and status; the agency signs that they belong to
one learner. The record has no status of its own: it stands as long as what is in it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from longleaf.awards import queries
from longleaf.awards.contents import achievements, identities, moments
from longleaf.awards.errors import NothingEarned, NoUsableKey
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.directory import queries as directory
from longleaf.engines.openbadges import building, clr
from longleaf.engines.openbadges.contents import MOST_MEMBERS
from longleaf.engines.openbadges.proving import add_proof

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

A_DAY = 24 * 60 * 60


def record_of(earner: Person) -> dict[str, Any]:
    """The signed record of an earner's good badges, private ones too: it is handed to nobody but them.

    Signed when it is first asked for and kept for a day, until a badge comes, changes or goes. Raises `NothingEarned`,
    and `NoUsableKey` where the installation has no agency or the agency no key.
    """
    awards = list(queries.good_awards_of(earner)[: MOST_MEMBERS + 1])
    if not awards:
        raise NothingEarned
    name = _id_of(earner, awards)
    kept: dict[str, Any] | None = cache.get(name)
    if kept is None:
        kept = _signed(earner, awards, name)
        cache.set(name, kept, A_DAY)
    return kept


@transaction.atomic
def _signed(earner: Person, awards: Sequence[Award], id: str) -> dict[str, Any]:
    agency = _agency()
    signer, now = signing_keys.signer_for(agency), timezone.now()
    document = clr.clr_credential(
        clr.Record(
            id=id,
            name=f"Learner record of {earner.name}",
            description=f"Micro-credentials earned, as recorded by {agency.name}.",
            issuer=achievements.issuer_of(agency),
            subject=building.Subject(identities=(identities.fresh(directory.badge_address(earner)),)),
            credentials=tuple(award.credential for award in awards[:MOST_MEMBERS] if award.credential),
            valid_from=moments.day_began(now),
            partial=len(awards) > MOST_MEMBERS,
            names_schema=True,
        )
    )
    return add_proof(document, signer=signer, created=signer.moment(now))


def _agency() -> Organisation:
    found = directory.agency()
    if found is None:
        raise NoUsableKey("No agency signs learner records here: the state's pack names none.")
    return found


def _id_of(earner: Person, awards: Sequence[Award]) -> str:
    """The same badges in the same copies make the same record."""
    proofs = "".join(award.credential["proof"][0]["proofValue"] for award in awards if award.credential)
    told = f"{earner.ref}:{earner.name}:{directory.badge_address(earner)}:{proofs}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, told)}"
