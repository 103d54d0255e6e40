"""Everything that somebody has earned as one Comprehensive Learner Record 2.0, signed by the state's agency.

Each badge stands in it as it was signed, with its own issuer, proof and status; the agency signs that they belong to
one learner. Badges of others that were accepted here stand beside them in the same way; of one that cannot, because it
carries no proof of its own, the agency's signed statement stands in its place. The statements of who recognizes what go
along as endorsements. The record has no status of its own: it stands as long as what is in it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import rfc8785
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from longleaf.awards import queries
from longleaf.awards.contents import achievements, identities, moments
from longleaf.awards.endorsements import queries as endorsements
from longleaf.awards.errors import NothingEarned, NoUsableKey
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.awards.sharing.further import Further, Statement, further_of
from longleaf.directory import queries as directory
from longleaf.engines.openbadges import building, clr, endorsing
from longleaf.engines.openbadges.contents import MOST_MEMBERS
from longleaf.engines.openbadges.proving import add_proof

if TYPE_CHECKING:
    from longleaf.awards.keys.signing_keys import IssuerSigner
    from longleaf.directory.models import Organisation, Person

A_DAY = 24 * 60 * 60


def record_of(earner: Person) -> dict[str, Any]:
    """The signed record of an earner's good badges, private ones too: it is handed to nobody but them.

    Signed when it is first asked for and kept for a day, until something in it comes, changes or goes. Raises
    `NothingEarned`, and `NoUsableKey` where the installation has no agency or the agency no key.
    """
    awards = list(queries.good_awards_of(earner)[: MOST_MEMBERS + 1])
    further = further_of(earner)
    if not (awards or further.credentials or further.statements):
        raise NothingEarned
    endorsed = endorsements.documents_on(
        versions={award.version_id for award in awards}, organisations={award.issuer_id for award in awards}
    )
    name = _id_of(earner, awards, further, endorsed)
    kept: dict[str, Any] | None = cache.get(name)
    if kept is None:
        kept = _signed(earner, awards, further, endorsed, name)
        cache.set(name, kept, A_DAY)
    return kept


@transaction.atomic
def _signed(
    earner: Person, awards: Sequence[Award], further: Further, endorsed: Sequence[dict[str, Any]], id: str
) -> dict[str, Any]:
    agency = _agency()
    signer, now = signing_keys.signer_for(agency), timezone.now()
    states = {each: _statement(each, agency, signer) for each in further.statements}
    members = [award.credential for award in awards if award.credential]
    members += [dict(each) for each in further.credentials]
    members += [signed for told, signed in states.items() if told.stands_alone]
    document = clr.clr_credential(
        clr.Record(
            id=id,
            name=f"Learner record of {earner.name}",
            description=f"Micro-credentials earned, as recorded by {agency.name}.",
            issuer=achievements.issuer_of(agency),
            subject=building.Subject(identities=(identities.fresh(directory.badge_address(earner)),)),
            credentials=tuple(members[:MOST_MEMBERS]),
            endorsements=tuple(
                [*endorsed, *(signed for told, signed in states.items() if not told.stands_alone)][:MOST_MEMBERS]
            ),
            valid_from=moments.day_began(now),
            partial=len(members) > MOST_MEMBERS,
            names_schema=True,
        )
    )
    return add_proof(document, signer=signer, created=signer.moment(now))


def _statement(told: Statement, agency: Organisation, signer: IssuerSigner) -> dict[str, Any]:
    """What the agency states, signed. It is about one person, so it is published nowhere."""
    document = endorsing.endorsement_credential(
        endorsing.Endorsement(
            id=told.id,
            name=told.name,
            issuer=achievements.issuer_of(agency),
            subject=told.about,
            comment=told.comment,
            valid_from=told.valid_from,
            names_schema=True,
        )
    )
    return add_proof(document, signer=signer, created=signer.moment(timezone.now()))


def _agency() -> Organisation:
    found = directory.agency()
    if found is None:
        raise NoUsableKey("No agency signs learner records here: the state's pack names none.")
    return found


def _id_of(earner: Person, awards: Sequence[Award], further: Further, endorsed: Sequence[dict[str, Any]]) -> str:
    """The same badges in the same copies, with the same statements, make the same record."""
    own = "".join(award.credential["proof"][0]["proofValue"] for award in awards if award.credential)
    others = rfc8785.dumps([dict(each) for each in further.credentials]).decode()
    stated = "".join(f"{each.id}{each.about}{each.comment}" for each in further.statements)
    endorsing_them = "".join(each["proof"][0]["proofValue"] for each in endorsed)
    told = f"{earner.ref}:{earner.name}:{directory.badge_address(earner)}:{own}"
    if further.credentials or stated or endorsing_them:
        told += f":{others}:{stated}:{endorsing_them}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, told)}"
