"""What recognition writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    POLICY_LOADED = "state:policy:loaded"
    OVERLAY_LOADED = "organisation:policy:loaded"
    PRACTICE_SET = "state:renewal-practice:set"
    LICENCE_ENTERED = "person:licence:entered"
    CREDIT_RECORDED = "person:credit:recorded"
    CREDIT_AMENDED = "person:credit:amended"
    VALUE_SET = "organisation:value:set"
    ADOPTED = "organisation:micro-credential:adopted"
    ADOPTION_ENDED = "organisation:micro-credential:let-go"
    PEOPLE_CHECKED = "organisation:people:checked"
    LIST_RECORDED = "recognition:list:recorded"
    REQUEST_SENT = "recognition:request:sent"
    REQUEST_ASKED_BACK = "recognition:request:asked-back"
    REQUEST_ANSWERED = "recognition:request:answered"
    REQUEST_APPROVED = "recognition:request:approved"
    REQUEST_REFUSED = "recognition:request:refused"
    REQUEST_WITHDRAWN = "recognition:request:withdrawn"
    REQUEST_APPEALED = "recognition:request:appealed"
    REQUEST_RULED = "recognition:request:ruled"
    DOCUMENTS_LET_GO = "recognition:request:documents-let-go"
    CERTIFICATE_STATED = "person:credit-certificate:stated"
    PLAN_WRITTEN = "recognition:plan:written"
    PLAN_MEASURED = "recognition:plan:measured"
