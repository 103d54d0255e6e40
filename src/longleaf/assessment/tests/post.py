"""Mail servers that take no letters, or not all."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

NOBODY_ANSWERS = "longleaf.assessment.tests.post.NobodyAnswers"
REFUSES_OSCAR = "longleaf.assessment.tests.post.RefusesOscar"
TAKES_ALL = "django.core.mail.backends.locmem.EmailBackend"


class NobodyAnswers(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SMTPServerDisconnected("Nobody answers.")


class RefusesOscar(BaseEmailBackend):
    """Takes letters to everybody but the cast's second educator."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        refused = {to: (550, b"No such mailbox") for each in email_messages for to in each.to if "oscar" in to}
        if refused:
            raise SMTPRecipientsRefused(refused)
        return len(email_messages)
