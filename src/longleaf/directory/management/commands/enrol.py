"""`longleaf enrol`: the first person, and anybody else for whom there is no page yet."""

from __future__ import annotations

import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from longleaf.directory import enrolling, queries
from longleaf.directory.models import Person
from longleaf.directory.status import Role
from longleaf.kit.errors import BadInput


class Command(BaseCommand):
    help = "Enrol somebody, or give somebody who is enrolled a further role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", nargs="?", default="", help="needed for somebody new")
        parser.add_argument("--role", choices=[role.value for role in Role], required=True)
        parser.add_argument("--at", required=True, metavar="CODE", help="the organization, by the state's own code")
        parser.add_argument("--no-password", action="store_true", help="they choose one by “forgotten password”")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = queries.organisations_by_code(settings.STATE, [options["at"]]).get(options["at"])
        if organisation is None:
            raise CommandError(f"The state has no organization with the code {options['at']}. Look in its pack.")
        person = Person.objects.filter(email__iexact=options["email"]).first() or self._enrol(options)
        enrolling.give_role(person=person, organisation=organisation, role=Role(options["role"]), acting_person=None)
        self.stdout.write(f"{person.name} is {Role(options['role']).label.lower()} at {organisation.name}.")

    def _enrol(self, options: dict[str, Any]) -> Person:
        if not options["name"]:
            raise CommandError("Nobody is enrolled with this address yet. Give a name as well.")
        password = None if options["no_password"] else getpass.getpass("Password (12 characters or more): ")
        try:
            return enrolling.enrol(email=options["email"], name=options["name"], password=password, acting_person=None)
        except BadInput as wrong:
            raise CommandError(" ".join([wrong.sentence, *wrong.fields.values()])) from None
