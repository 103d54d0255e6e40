"""What readers who differ say to one another, and the levels that they change. What they found at first stays."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.panels.models.assignment import Assignment


class Remark(models.Model):
    """Something that a reader says to the others about one criterion. Kept with the decision, never changed.

    Personal data: through the seat, who said it.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="remarks")
    criterion = models.CharField(max_length=40)
    text = models.TextField()
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["assignment", "criterion", "said_at"], name="remark_of_reader")]

    def __str__(self) -> str:
        return f"{self.assignment_id}/{self.criterion}"


class Revision(models.Model):
    """A level that a reader gives anew after talking it over, and why. The latest on a criterion counts.

    The rating that was given blind stays beside it: agreement is measured by that one. Personal data: through the seat,
    who changed it.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="revisions")
    criterion = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    reason = models.TextField()
    revised_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["assignment", "criterion", "revised_at"], name="revision_of_reader")]

    def __str__(self) -> str:
        return f"{self.assignment_id}/{self.criterion}"
