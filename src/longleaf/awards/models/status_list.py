"""Where the status of issued badges stands, bit by bit (Bitstring Status List v1.0)."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.db import models

# The standard's minimum: a list this long tells nobody whose status is asked for.
LIST_LENGTH = 131_072


def new_scatter_seed() -> bytes:
    return secrets.token_bytes(16)


class StatusList(models.Model):
    """One list of an issuer for one purpose. Indexes are given out by `awards.issuing` in an order that tells nothing.

    Personal data: none. `next_slot` counts what was given out; `awards.scattering` turns a slot into an index. The
    seed stays with the list, because another seed half-way would give out an index twice.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="status_lists")
    purpose = models.CharField(max_length=20, default="revocation")
    next_slot = models.PositiveIntegerField(default=0)
    scatter_seed = models.BinaryField(default=new_scatter_seed, editable=False)
    changed_at = models.DateTimeField(auto_now_add=True)
    credential = models.JSONField(null=True, blank=True, help_text="The signed list, as served until a bit changes.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(next_slot__lte=LIST_LENGTH), name="status_list_is_not_overfull"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "purpose"], name="status_list_of_issuer")]

    def __str__(self) -> str:
        return str(self.uuid)
