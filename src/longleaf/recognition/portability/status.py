"""Where a badge from elsewhere stands, to whom it was given, and what may be decided of it."""

from __future__ import annotations

from django.db import models

# The policy's code for a badge that stands for no micro-credential of the register.
IMPORTED_BADGE = "imported_badge"
MOST_CREDITS = 20


class ImportStatus(models.TextChoices):
    """From the moment it was brought. Whether it still verifies is told by its report, apart from this."""

    BROUGHT = "brought", "Not sent yet"
    WAITING = "waiting", "With a recognizer"
    ASKED = "asked", "Asked back"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Not accepted"
    WITHDRAWN = "withdrawn", "Taken back"
    REVOKED = "revoked", "Withdrawn by its issuer"


S = ImportStatus
IMPORT_MOVES: dict[ImportStatus, frozenset[ImportStatus]] = {
    # A precedent may decide at once.
    S.BROUGHT: frozenset({S.WAITING, S.ACCEPTED, S.REFUSED, S.WITHDRAWN, S.REVOKED}),
    S.WAITING: frozenset({S.ASKED, S.ACCEPTED, S.REFUSED, S.WITHDRAWN, S.REVOKED}),
    S.ASKED: frozenset({S.WAITING, S.REFUSED, S.WITHDRAWN, S.REVOKED}),
    S.ACCEPTED: frozenset({S.REVOKED}),
    # Once, with new facts.
    S.REFUSED: frozenset({S.WAITING, S.REVOKED}),
    S.REVOKED: frozenset({S.WAITING}),
    S.WITHDRAWN: frozenset({S.BROUGHT}),
}
TO_DECIDE = (S.WAITING, S.ASKED)
DECIDED = (S.ACCEPTED, S.REFUSED, S.REVOKED)
# What a recognizer is shown. Before it is sent, and once it is taken back, a badge is its earner's alone.
SHOWN_TO_RECOGNIZERS = (*TO_DECIDE, *DECIDED)


class GivenTo(models.TextChoices):
    """Whether the badge says that it was given to whoever brings it."""

    MATCHED = "matched", "Given to an address of yours"
    OTHER = "other", "Given to an address that is not among yours"
    UNSAID = "unsaid", "It does not say to whom it was given"


class Ruling(models.TextChoices):
    """What was done with a badge that waits."""

    ASKED = "asked", "Asked back"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Not accepted"
