"""`longleaf rename`: somebody's name has changed, and their badges may be reissued."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from longleaf.directory import queries, renaming
from longleaf.kit.errors import Refusal


class Command(BaseCommand):
    help = "Change somebody's name. Badges keep the old one until their earner has them reissued."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="an address or the reference of somebody who is enrolled")
        parser.add_argument("name", help="the new name, whole")
        parser.add_argument("--reason", default="", help="why; kept in the journal and told to the person")

    def handle(self, *args: Any, **options: Any) -> None:
        person = queries.people_named([options["email"]]).get(options["email"].lower())
        if person is None:
            raise CommandError(f"Nobody is enrolled with {options['email']}.")
        try:
            renamed = renaming.rename(person=person, name=options["name"], reason=options["reason"], acting_person=None)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"{person.name} is {renamed.name} from now on.")
