"""The state and its organisations, as the state's pack tells of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.directory.status import OrganisationKind


class State(models.Model):
    """A state whose pack is loaded. Its words and colours come from the pack and are shown everywhere.

    Personal data: none. The one door is `directory.registering.register_state`.
    """

    code = models.SlugField(primary_key=True, max_length=20)
    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=60)
    words = models.JSONField(
        default=dict, blank=True, help_text="The state's word for each thing it calls differently."
    )
    colours = models.JSONField(default=dict, blank=True)
    vocabulary = models.JSONField(
        default=dict, blank=True, help_text="Titles of roles, grade bands and topics, by code."
    )
    glossary = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=dict, blank=True, help_text="What each source id stands for.")
    holidays = models.JSONField(default=list, blank=True, help_text="Days on which no clock runs, as ISO dates.")
    retention = models.JSONField(
        default=dict, blank=True, help_text="How long each kind of thing is kept (`assessment.retention.rules`)."
    )
    consent_forms = models.JSONField(default=list, blank=True, help_text="What people sign before they are shown.")
    model_policy = models.JSONField(
        default=dict, blank=True, help_text="What is asked of a policy, and how far this one meets it."
    )
    agency_code = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A district, school, charter school, agency, university or association.

    A school has the district that runs it as its `parent`: whoever works in either works in the same place.
    Personal data: none. `code` is the state's own code for it and never changes; `slug` stands in public addresses.
    """

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="organisations")
    code = models.CharField(max_length=40)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="schools")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    url = models.URLField(blank=True)
    county = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(
        default=dict, blank=True, help_text="Tier, locale and the like: whatever the pack knows of it."
    )
    standing = models.CharField(max_length=20)
    source_ids = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "code"], name="organisation_code_is_unique_in_its_state"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="organisation_is_not_its_own_parent",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "kind", "name"], name="organisation_of_kind")]

    def __str__(self) -> str:
        return self.name
