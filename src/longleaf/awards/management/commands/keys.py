"""`longleaf keys`: the keys with which organisations sign their badges, from their making to their end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from longleaf.awards import queries
from longleaf.awards.contents import moments
from longleaf.awards.keys import compromises, signing_keys
from longleaf.directory import queries as directory
from longleaf.kit.errors import BadInput, Refusal
from longleaf.kit.numbers import number

if TYPE_CHECKING:
    from longleaf.awards.models import IssuingKey
    from longleaf.directory.models import Organisation


class Command(BaseCommand):
    help = "List, create or rotate an issuer's signing keys, report one as compromised, or seal all keys anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["list", "create", "rotate", "compromise", "reseal"])
        parser.add_argument("organisation", metavar="CODE", nargs="?", help="the issuer, by the state's own code")
        parser.add_argument("--key", metavar="z6Mk…", help="compromise: which key; without it the one in use")
        parser.add_argument("--since", metavar="DAY", type=date.fromisoformat, help="compromise: 2027-03-04")
        parser.add_argument("--reason", default="", help="compromise: how it came to light; kept in the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(_done(options))
        except BadInput as refusal:
            raise CommandError(" ".join(dict.fromkeys([refusal.sentence, *refusal.fields.values()]))) from refusal
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal


def _done(options: dict[str, Any]) -> str:
    """Do what is asked, and tell it."""
    if options["action"] == "reseal":
        return _resealed()
    organisation = _organisation(options["organisation"])
    if options["action"] == "list":
        return "\n".join(_told(key) for key in queries.keys_of(organisation)) or f"{organisation.name} has no key."
    if options["action"] == "compromise":
        return _compromised(organisation, options)
    act = signing_keys.create_key if options["action"] == "create" else signing_keys.rotate
    key = act(organisation=organisation, acting_person=None)
    return f"{organisation.name} signs with {key.public_multibase} from now on."


def _compromised(organisation: Organisation, options: dict[str, Any]) -> str:
    if options["since"] is None:
        raise CommandError("Say with --since on which day somebody else may first have had the key.")
    key = compromises.report(
        key=_chosen(organisation, options["key"]),
        since=moments.first_instant(options["since"]),
        reason=options["reason"],
        acting_person=None,
    )
    return f"{key.public_multibase} is believed no more. Background work signs anew what it signed."


def _resealed() -> str:
    if not settings.KEY_ENCRYPTION_SECRET_BEFORE:
        raise CommandError(
            "Set LONGLEAF_KEY_ENCRYPTION_SECRET to the new secret and LONGLEAF_KEY_ENCRYPTION_SECRET_BEFORE to the old."
        )
    done = signing_keys.reseal(
        old_secret=settings.KEY_ENCRYPTION_SECRET_BEFORE, new_secret=settings.KEY_ENCRYPTION_SECRET
    )
    return f"{number(done, 'key')} sealed anew. LONGLEAF_KEY_ENCRYPTION_SECRET_BEFORE may be taken away now."


def _organisation(code: str | None) -> Organisation:
    found = directory.organisations_by_code(settings.STATE, [code]).get(code) if code else None
    if found is None:
        raise CommandError(f"The state has no organization with the code {code}. Look in its pack.")
    return found


def _chosen(organisation: Organisation, public: str | None) -> IssuingKey:
    found = queries.key_of(organisation, public=public)
    if found is None:
        raise CommandError(f"{organisation.name} has no such key. `longleaf keys list` tells which it has.")
    return found


def _told(key: IssuingKey) -> str:
    return f"{key.public_multibase}  {key.created_at:%Y-%m-%d}  {key.status:<11}  {key.get_status_display()}"
