"""People and the roles that they hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from longleaf.directory.models.organisation import Organisation
from longleaf.directory.status import Role
from longleaf.kit.references import new_reference


def new_person_reference() -> str:
    return new_reference("P", groups=3)


class PersonManager(BaseUserManager["Person"]):
    """Django's sign-in asks for a manager; people are made by `directory.enrolling.enrol`."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = Person(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.full_clean()
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in.

    Personal data: name and e-mail address, needed to sign in and to put on a badge; never a Social Security number.
    Further addresses are django-allauth's `EmailAddress`, verified ones only; the door is `directory.addressing`.
    Synthetic people are marked so wherever their name is shown.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_person_reference, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    badge_address = models.EmailField(
        blank=True, help_text="The verified address whose hash new badges carry; empty means the one to sign in with."
    )
    is_active = models.BooleanField(default=True)
    is_synthetic = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects = PersonManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="person_email_is_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Nobody uses Django's admin; some libraries ask all the same."""
        return False


class RoleHeld(models.Model):
    """A role that a person holds in an organisation, from a day until a day.

    Personal data: where somebody works and what they do there. Ended roles are kept: they explain past decisions.
    The doors are `directory.enrolling.give_role` and `end_role`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=models.Q(until__isnull=True),
                name="role_is_held_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="role_ends_after_it_began",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "role", "until"], name="role_in_organisation"),
            models.Index(fields=["person", "until"], name="role_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role} at {self.organisation}"
