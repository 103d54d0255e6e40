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
    MEMBER_INVITED = "panel:pool-member:invited"
    MEMBER_JOINED = "panel:pool-member:joined"
    MEMBER_PAUSED = "panel:pool-member:paused"
    MEMBER_RESUMED = "panel:pool-member:resumed"
    MEMBER_LEFT = "panel:pool-member:left"
    ASSESSOR_TOLD = "panel:assessor:told"
    ABSENCE_ENTERED = "panel:absence:entered"
    ABSENCE_REMOVED = "panel:absence:removed"
    CONFLICT_DECLARED = "panel:conflict:declared"
    CONFLICT_WITHDRAWN = "panel:conflict:withdrawn"
    POOL_RULES_SET = "panel:pool-rules:set"
    FEE_SET = "panel:reading-fee:set"
    PAYMENT_RECORDED = "panel:payment:recorded"
    PAYMENT_TAKEN_BACK = "panel:payment:taken-back"
