"""`longleaf keys`: create or rotate the key with which an organisation signs its badges."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from longleaf.awards import keys
from longleaf.directory import queries
from longleaf.kit.errors import Refusal


class Command(BaseCommand):
    help = "Create an issuer's signing key, or rotate it: badges signed with the old one stay valid."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["create", "rotate"])
        parser.add_argument("organisation", metavar="CODE", help="the issuer, by the state's own code")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["organisation"]
        organisation = queries.organisations_by_code(settings.STATE, [code]).get(code)
        if organisation is None:
            raise CommandError(f"The state has no organization with the code {code}. Look in its pack.")
        act = keys.create_key if options["action"] == "create" else keys.rotate
        try:
            key = act(organisation=organisation, acting_person=None)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{organisation.name} signs with {key.public_multibase} from now on.")
