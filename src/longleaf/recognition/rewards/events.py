"""What rewards write to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    FUNDING_SET = "organisation:funding:set"
    OFFERED = "organisation:reward:offered"
    OFFER_ENDED = "organisation:reward:ended"
    ASKED = "person:reward:asked"
    PROMISED = "person:reward:promised"
    DUE = "person:reward:due"
    NO_LONGER_DUE = "person:reward:no-longer-due"
    LAPSED = "person:reward:lapsed"
    GIVEN_UP = "person:reward:given-up"
    PAID = "person:reward:paid"
    PAYMENT_REVERSED = "person:reward:payment-reversed"
