"""The journal in words: what each event is called on the page where officers read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longleaf.journal.models import JournalLine

EVENTS: Mapping[str, str] = {
    "attempt:work:started": "Work begun",
    "attempt:work:withdrawn": "Attempt withdrawn",
    "attempt:submission:submitted": "Evidence handed in",
    "attempt:round:opened": "Next round opened",
    "attempt:completeness:passed": "Found complete",
    "attempt:completeness:returned": "Returned incomplete",
    "attempt:decision:demonstrated": "Decided: demonstrated",
    "attempt:decision:not-yet": "Decided: not yet",
    "attempt:names:kept": "List of names to look for kept",
    "attempt:names:forgotten": "List of names deleted",
    "attempt:names:looked-through": "Said which files were looked through for names",
    "attempt:consent:logged": "Consent of a person shown logged",
    "attempt:consent:said-who-is-shown": "Said whom evidence shows",
    "attempt:consent:withdrawn": "Consent taken back",
    "attempt:tools:said": "Said which tools helped with evidence",
    "submission:evidence:taken-away": "Evidence taken away at the wish of a person shown",
    "submission:likeness:flagged": "Likeness flagged",
    "submission:likeness:looked-at": "Likeness looked at",
    "mentoring:invitation:made": "Invited to look at a draft",
    "mentoring:invitation:accepted": "Agreed to look at a draft",
    "mentoring:invitation:declined": "Declined to look at a draft",
    "mentoring:invitation:taken-back": "Invitation to look at a draft taken back",
    "mentoring:invitation:lapsed": "Invitation to look at a draft over",
    "mentoring:help:ended": "Help with a draft ended",
    "mentoring:draft:shown": "Draft shown to a mentor",
    "mentoring:letter:shown": "Decision shown to a mentor",
    "mentoring:letter:hidden": "Decision shown to a mentor no more",
    "mentoring:comment:written": "Comment on a draft written",
    "mentoring:comment:answered": "Comment on a draft answered",
    "mentoring:comment:done": "Comment on a draft dealt with",
    "team:work:begun": "Team begun",
    "team:invitation:made": "Asked to join a team",
    "team:invitation:accepted": "Joined a team",
    "team:invitation:declined": "Declined to join a team",
    "team:invitation:taken-back": "Asked to join a team no more",
    "team:invitation:lapsed": "Invitation to a team over",
    "team:member:left": "Left a team",
    "team:artifact:brought": "Artifact of a team brought",
    "team:work:closed": "Team closed",
    "attempt:appeal:lodged": "Appeal lodged",
    "attempt:appeal:withdrawn": "Appeal withdrawn",
    "attempt:appeal:admitted": "Appeal admitted",
    "attempt:appeal:not-admitted": "Appeal not admitted",
    "attempt:appeal:stands": "Appeal answered: the decision stands",
    "attempt:appeal:changed": "Appeal answered: the decision is changed",
    "submission:appeal:looked-at": "Appeal looked at",
    "submission:completeness:checked": "Completeness checked",
    "submission:decision:made": "Decision passed on",
    "import:badge:brought": "Badge from elsewhere brought",
    "import:badge:sent": "Recognition of a badge from elsewhere asked for",
    "import:badge:taken-back": "Badge from elsewhere taken back",
    "import:question:asked": "Question about a badge from elsewhere",
    "import:question:answered": "Question about a badge from elsewhere answered",
    "import:badge:accepted": "Badge from elsewhere accepted",
    "import:badge:refused": "Badge from elsewhere not accepted",
    "import:badge:asked-again": "Recognition of a badge from elsewhere asked for once more",
    "import:badge:verified-again": "Badge from elsewhere verified again",
    "import:badge:revoked": "Badge from elsewhere withdrawn by its issuer",
    "organisation:precedent:set": "Precedent set",
    "organisation:precedent:ended": "Precedent ended",
    "badge:award:queued": "Badge earned, waiting for its signature",
    "badge:award:issued": "Badge issued",
    "badge:award:revoked": "Badge revoked",
    "badge:award:signed-anew": "Badge signed anew",
    "badge:visibility:set": "Sharing of a badge changed",
    "endorsement:statement:stated": "Endorsement stated",
    "endorsement:statement:signed": "Endorsement signed",
    "endorsement:statement:mended": "Words of an endorsement mended",
    "endorsement:statement:to-end": "End of an endorsement known",
    "endorsement:statement:ended": "Endorsement withdrawn",
    "endorsement:statement:signed-anew": "Endorsement signed anew",
    "issuer:key:created": "Signing key created",
    "issuer:key:retired": "Signing key retired",
    "issuer:key:compromised": "Signing key reported as compromised",
    "issuer:key:resealed": "Signing key sealed anew",
    "micro-credential:version:published": "Version published",
    "micro-credential:version:superseded": "Version superseded",
    "micro-credential:version:retired": "Version offered no more",
    "draft:work:begun": "Draft begun",
    "draft:author:added": "Co-author of a draft added",
    "draft:author:removed": "Co-author of a draft removed",
    "draft:work:set-aside": "Draft set aside",
    "draft:work:taken-up": "Draft taken up again",
    "draft:sample:withdrawn": "Sample file withdrawn",
    "draft:work:published": "Draft published",
    "person:account:enrolled": "Person enrolled",
    "person:role:given": "Role given",
    "person:role:ended": "Role ended",
    "person:licence:entered": "License entered",
    "person:credit:recorded": "Credit recorded",
    "attempt:sample:kept": "Sample for assessors kept",
    "attempt:evidence:lent": "Work lent to train assessors",
    "attempt:evidence:taken-back": "Lent work taken back",
    "attempt:evidence:loan-ended": "Lent no more, since a person shown took consent back",
    "panel:seat:taken-back": "Reading taken back",
    "calibration:edition:registered": "Text of a rubric registered",
    "calibration:edition:marked-editorial": "Text of a rubric marked as editorial",
    "calibration:gate:set": "Gate for readers set",
    "calibration:anchor:drafted": "Anchor drafted",
    "calibration:anchor:put-in-use": "Anchor put in use",
    "calibration:anchor:retired": "Anchor retired",
    "calibration:anchor:seeded": "Anchor put among live work",
    "calibration:training:begun": "Training begun",
    "calibration:test:begun": "Certification test begun",
    "calibration:test:closed": "Certification test closed",
    "calibration:certificate:given": "Assessor certified",
    "calibration:certificate:suspended": "Certificate suspended",
    "calibration:certificate:reinstated": "Certificate reinstated",
    "calibration:certificate:sent-to-training": "Sent back to training",
    "calibration:certificate:lapsed": "Certificate lapsed",
    "calibration:certificate:withdrawn": "Certificate withdrawn",
    "calibration:drift:rang": "Drift alarm",
    "calibration:back-reading:drawn": "Reading drawn to be read again",
    "panel:judgement:convened": "Panel convened",
    "panel:judgement:decided": "Panel decided",
    "panel:seat:offered": "Reading offered",
    "panel:seat:taken-up": "Reading taken up",
    "panel:seat:declined": "Reading given back",
    "panel:seat:expired": "Offer of a reading ran out",
    "panel:reading:handed-in": "Reading handed in",
    "quality:instrument:published": "Rubric or criteria published",
    "quality:decision:recorded": "Decision on quality recorded",
    "quality:application:begun": "Application begun",
    "quality:application:given-up": "Application given up",
    "quality:application:update-asked": "Organization asked to bring its application up to date",
    "quality:alarm:raised": "Alarm on a figure",
    "quality:alarm:looked-at": "Alarm looked at",
    "quality:alarm:closed": "Alarm closed",
    "quality:alarm:asked": "Issuer asked about an alarm",
    "quality:alarm:answered": "Issuer answered about an alarm",
    "state:oversight:set": "Figures that raise an alarm set",
    "state:pack:loaded": "State pack loaded",
    "state:policy:loaded": "Renewal policy loaded",
    "organisation:value:set": "Local value set",
    "state:renewal-practice:set": "Figures of renewal set",
    "person:credit:amended": "Credit changed after a decision",
    "person:credit-certificate:stated": "Certificate of credits stated",
    "organisation:micro-credential:adopted": "Micro-credential adopted",
    "organisation:micro-credential:let-go": "Micro-credential off the adopted list",
    "organisation:people:checked": "People or badges checked",
    "recognition:list:recorded": "List of those who took part recorded",
    "recognition:request:sent": "Request for credit sent",
    "recognition:request:asked-back": "Request for credit: the office asks",
    "recognition:request:answered": "Request for credit: the educator answers",
    "recognition:request:approved": "Request for credit approved",
    "recognition:request:refused": "Request for credit not approved",
    "recognition:request:withdrawn": "Request for credit withdrawn",
    "recognition:request:appealed": "Request for credit appealed",
    "recognition:request:ruled": "Appeal about credit ruled on",
    "recognition:request:documents-let-go": "Documents of a request for credit deleted",
}
SUBJECTS: Mapping[str, str] = {
    "organisation": "organization",
    "award": "badge",
    "key": "signing key",
}


def event_in_words(event: str) -> str:
    """What an event is called; one that has no words yet is called by its own name, made readable."""
    return EVENTS.get(event) or " ".join(reversed(event.split(":")[1:])).replace("-", " ").capitalize()


def subject_in_words(subject: str) -> tuple[str, str]:
    """The kind of a subject and its reference: `attempt:ATT-7K3M-9QPD` is (`attempt`, `ATT-7K3M-9QPD`)."""
    kind, _, reference = subject.partition(":")
    return SUBJECTS.get(kind, kind.replace("-", " ")), reference


def data_in_words(line: JournalLine) -> list[dict[str, str]]:
    """What a line carries, as rows of a summary list."""
    return [{"term": _name(name), "value": _value(value)} for name, value in line.data.items()]


def _name(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _value(value: Any) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{_name(name)}: {_value(each)}" for name, each in value.items())
    return str(value)
