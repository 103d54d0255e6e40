"""The verbs on people: enrol, give a role, end a role."""

from __future__ import annotations

from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from longleaf.directory.errors import AlreadyEnrolled, UnusableAccount
from longleaf.directory.events import Event
from longleaf.directory.models import Organisation, Person, RoleHeld
from longleaf.directory.status import Role
from longleaf.journal.recording import record


@transaction.atomic
def enrol(
    *,
    email: str,
    name: str,
    acting_person: Person | None,
    password: str | None = None,
    same_password_as: Person | None = None,
    synthetic: bool = False,
) -> Person:
    """Make an account. Without a password nobody can sign in with one (single sign-on, or the demonstration's page).
    `same_password_as` is for synthetic people alone, who share one that is no secret.

    Raises `AlreadyEnrolled` when the address is taken in any mixture of capitals, and `UnusableAccount` for what is no
    address and for a password that is too easily guessed.
    """
    verified = EmailAddress.objects.filter(email=email.lower(), verified=True)
    if Person.objects.filter(email__iexact=email).exists() or verified.exists():
        raise AlreadyEnrolled(f"Somebody is already enrolled with {email}. Use another address, or give them a role.")
    person = _account(email=email, name=name, password=password, is_synthetic=synthetic)
    if synthetic and same_password_as is not None and same_password_as.is_synthetic:
        person.password = same_password_as.password
        person.save(update_fields=["password"])
    record(
        Event.PERSON_ENROLLED,
        actor=acting_person,
        subject=f"person:{person.ref}",
        data={"synthetic": synthetic},
    )
    return person


@transaction.atomic
def give_role(
    *,
    person: Person,
    organisation: Organisation,
    role: Role,
    acting_person: Person | None,
    since: date | None = None,
) -> RoleHeld:
    """Let a person hold a role in an organisation. Giving what is already held changes nothing.

    What upper floors do with a role is done in the same transaction (`settings.WITH_A_ROLE`).
    """
    held, given = RoleHeld.objects.get_or_create(
        person=person,
        organisation=organisation,
        role=role,
        until=None,
        defaults={"since": since or timezone.localdate()},
    )
    if given:
        data = {"role": role.value, "organisation": organisation.code, "since": held.since.isoformat()}
        record(Event.ROLE_GIVEN, actor=acting_person, subject=f"person:{person.ref}", data=data)
        for path in settings.WITH_A_ROLE:
            import_string(path)(held=held, acting_person=acting_person)
    return held


@transaction.atomic
def end_role(*, held: RoleHeld, acting_person: Person | None, until: date | None = None) -> RoleHeld:
    """End a role on a day (today unless told). The row stays: it explains what the person did while it lasted."""
    held = RoleHeld.objects.select_for_update().get(pk=held.pk)
    held.until = until or timezone.localdate()
    held.save(update_fields=["until"])
    data = {"role": held.role, "organisation": held.organisation.code, "until": held.until.isoformat()}
    record(Event.ROLE_ENDED, actor=acting_person, subject=f"person:{held.person.ref}", data=data)
    return held


def _account(*, email: str, name: str, password: str | None, is_synthetic: bool) -> Person:
    try:
        if password is not None:
            validate_password(password)
    except ValidationError as weak:
        raise UnusableAccount("This password cannot be used.", fields={"password": " ".join(weak.messages)}) from None
    try:
        return Person.objects.create_user(email=email, password=password, name=name, is_synthetic=is_synthetic)
    except ValidationError as wrong:
        fields = {field: " ".join(sentences) for field, sentences in wrong.message_dict.items()}
        raise UnusableAccount("This account cannot be made.", fields=fields) from None
