"""What panels write to the journal: `subject:object:action`. No line names whose work it is, only its reference."""

from django.db import models


class Event(models.TextChoices):
    PANEL_CONVENED = "panel:judgement:convened"
    PANEL_DECIDED = "panel:judgement:decided"
    SEAT_OFFERED = "panel:seat:offered"
    SEAT_TAKEN_UP = "panel:seat:taken-up"
    SEAT_DECLINED = "panel:seat:declined"
    SEAT_EXPIRED = "panel:seat:expired"
    READING_HANDED_IN = "panel:reading:handed-in"
