"""A badge as a signed token (VC-JWT), for wallets and programs that read no embedded proofs.

The same credential, under the same id and with the same place in the status list, signed by the issuer's key as
RFC 7515 describes. It is signed when it is first asked for and kept for a day.
"""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction

from longleaf.awards.errors import NotIssuedYet
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.awards.sharing import pictures
from longleaf.engines.openbadges import tokens

A_DAY = 24 * 60 * 60


def token_of(award: Award) -> str:
    """The badge as a token. Raises `NotIssuedYet`, and `NoUsableKey` while the issuer cannot sign."""
    name = f"awards:token:{award.uuid}:{pictures.edition_of(award)}"
    kept: str | None = cache.get(name)
    if kept is None:
        kept = signed_now(award)
        cache.set(name, kept, A_DAY)
    return kept


@transaction.atomic
def signed_now(award: Award) -> str:
    """The badge as a token, made now and kept nowhere: the same each time, by the same key. Raises as `token_of`."""
    if award.credential is None:
        raise NotIssuedYet
    bare = {name: value for name, value in award.credential.items() if name != "proof"}
    return tokens.signed(bare, signer=signing_keys.signer_for(award.issuer), with_key=True)
