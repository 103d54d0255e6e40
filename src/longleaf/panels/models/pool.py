"""Who may be asked to read: the pool of an organisation, its members, and what is known of each of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.panels.status import MemberStatus

# What somebody can read beside their work, until they say otherwise: an hour or two in a week.
AT_A_TIME = 10
A_MONTH = 40


class Pool(models.Model):
    """The rules of an organisation's pool. An organisation without a row has the defaults of `panels.pool.rules`.

    `read_by` names another organisation whose pool reads for this one: so a state runs one pool for many issuers.
    Personal data: none. The one door is `panels.pool.ruling.set_rules`.
    """

    organisation = models.OneToOneField(
        "directory.Organisation", primary_key=True, on_delete=models.CASCADE, related_name="pool"
    )
    read_by = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rules = models.JSONField(default=dict, blank=True, help_text="What differs from the defaults.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(read_by__isnull=True) | ~models.Q(read_by=models.F("organisation")),
                name="pool_read_by_itself_is_told_by_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"pool of {self.organisation_id}"


class Assessor(models.Model):
    """What an assessor says of themselves, once for all pools: one person has one evening, whoever asks for it.

    Personal data: languages, qualifications, capacity. Kept as long as the person is a member of a pool.
    The doors are in `panels.pool.telling`.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="assessor"
    )
    at_a_time = models.PositiveSmallIntegerField(default=AT_A_TIME, help_text="Readings under way at a time, at most.")
    a_month = models.PositiveSmallIntegerField(default=A_MONTH, help_text="Readings asked for in 30 days, at most.")

    def __str__(self) -> str:
        return str(self.person_id)


class SpokenLanguage(models.Model):
    """A language in which an assessor reads, as a BCP 47 code in small letters."""

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessor", "code"], name="language_of_assessor_is_told_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Qualification(models.Model):
    """What an assessor knows about: a code of the state's vocabulary with its list, such as `topics:literacy`."""

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="qualifications")
    code = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessor", "code"], name="qualification_of_assessor_is_told_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Absence(models.Model):
    """Days on which an assessor reads nothing, both included. Why is nobody's business and is not kept."""

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="absences")
    begins = models.DateField()
    ends = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("begins")), name="absence_ends_after_it_began"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["assessor", "ends"], name="absence_of_assessor")]

    def __str__(self) -> str:
        return f"{self.begins} to {self.ends}"


class DeclaredConflict(models.Model):
    """Somebody, or a place, whose work an assessor does not judge.

    A person is kept by address and is looked up when somebody is drawn, so that declaring tells nobody who is enrolled.
    Personal data: the address and the reason, which only the assessor and the leads of their pools may see.
    """

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="conflicts")
    address = models.EmailField(blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.TextField()
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(models.Q(address="") ^ models.Q(organisation__isnull=True)),
                name="conflict_is_with_a_person_or_a_place",
            ),
            models.UniqueConstraint(
                fields=["assessor", "address"], condition=~models.Q(address=""), name="conflict_with_person_stands_once"
            ),
            models.UniqueConstraint(
                fields=["assessor", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="conflict_with_place_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"conflict of {self.assessor_id}"


class PoolMember(models.Model):
    """Somebody in a pool. The right to read is the role (`directory`); membership says whether they are asked.

    The doors are `panels.pool.joining` and `panels.pool.leading`. Personal data: for whom somebody reads. Kept when
    they leave: it explains past readings.
    """

    pool = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="pool_members")
    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="memberships")
    status = models.CharField(max_length=10, choices=MemberStatus.choices)
    since = models.DateField(help_text="Since when this status holds.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pool", "assessor"], name="pool_has_each_member_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["pool", "status"], name="pool_member_by_status")]

    def __str__(self) -> str:
        return f"{self.assessor_id} in pool {self.pool_id}"


class ConfirmedQualification(models.Model):
    """What a lead of the pool has seen for themselves of what a member says they know about.

    It stands with the membership, so that another pool looks for itself, and counts while the member still tells it.
    Personal data: who confirmed what of whom. Goes with the membership. The door is `panels.pool.confirming.confirm`.
    """

    member = models.ForeignKey(PoolMember, on_delete=models.CASCADE, related_name="confirmed")
    code = models.CharField(max_length=120)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "code"], name="qualification_of_member_is_confirmed_once"),
        ]

    def __str__(self) -> str:
        return self.code
