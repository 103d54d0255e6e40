"""What quality writes to the journal: `subject:object:action`. A line about a reading never says whose design it is."""

from django.db import models


class Event(models.TextChoices):
    INSTRUMENT_PUBLISHED = "quality:instrument:published"
    DECISION_RECORDED = "quality:decision:recorded"
    REVIEW_HANDED_IN = "quality:review:handed-in"
    REVIEW_TAKEN_BACK = "quality:review:taken-back"
    REVIEW_READ = "quality:review:read"
    REVIEW_DECIDED = "quality:review:decided"
    CONDITION_REPORTED = "quality:condition:reported-met"
    CONDITION_RETURNED = "quality:condition:not-met-yet"
    CONDITION_MET = "quality:condition:met"
    COMPLAINT_MADE = "quality:complaint:made"
    COMPLAINT_ANSWERED = "quality:complaint:answered"
    SAMPLE_DRAWN = "quality:sample:drawn"
    APPLICATION_BEGUN = "quality:application:begun"
    APPLICATION_GIVEN_UP = "quality:application:given-up"
    APPLICATION_UPDATE_ASKED = "quality:application:update-asked"
    CONFLICT_FREE = "quality:conflict:none-declared"
    OVERSIGHT_RULES_SET = "state:oversight:set"
    ALARM_RAISED = "quality:alarm:raised"
    ALARM_LOOKED_AT = "quality:alarm:looked-at"
    ALARM_CLOSED = "quality:alarm:closed"
    ALARM_ASKED = "quality:alarm:asked"
    ALARM_ANSWERED = "quality:alarm:answered"
