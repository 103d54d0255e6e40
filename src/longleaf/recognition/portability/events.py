"""What is written to the journal of badges from elsewhere: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    BROUGHT = "import:badge:brought"
    SENT = "import:badge:sent"
    TAKEN_BACK = "import:badge:taken-back"
    ASKED = "import:question:asked"
    ANSWERED = "import:question:answered"
    ACCEPTED = "import:badge:accepted"
    REFUSED = "import:badge:refused"
    ASKED_AGAIN = "import:badge:asked-again"
    VERIFIED_AGAIN = "import:badge:verified-again"
    REVOKED = "import:badge:revoked"
    PRECEDENT_SET = "organisation:precedent:set"
    PRECEDENT_ENDED = "organisation:precedent:ended"
