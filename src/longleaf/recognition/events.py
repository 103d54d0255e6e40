"""What recognition writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    POLICY_LOADED = "state:policy:loaded"
    PRACTICE_SET = "state:renewal-practice:set"
    LICENCE_ENTERED = "person:licence:entered"
    CREDIT_RECORDED = "person:credit:recorded"
    CREDIT_AMENDED = "person:credit:amended"
    VALUE_SET = "organisation:value:set"
    ADOPTED = "organisation:micro-credential:adopted"
    ADOPTION_ENDED = "organisation:micro-credential:let-go"
    PEOPLE_CHECKED = "organisation:people:checked"
    LIST_RECORDED = "organisation:credit-list:recorded"
    REQUEST_SENT = "request:credit:sent"
    REQUEST_ASKED_BACK = "request:credit:asked-back"
    REQUEST_ANSWERED = "request:credit:answered"
    REQUEST_APPROVED = "request:credit:approved"
    REQUEST_REFUSED = "request:credit:refused"
    REQUEST_WITHDRAWN = "request:credit:withdrawn"
    REQUEST_APPEALED = "request:credit:appealed"
    REQUEST_RULED = "request:credit:ruled"
    CERTIFICATE_STATED = "person:credit-certificate:stated"
