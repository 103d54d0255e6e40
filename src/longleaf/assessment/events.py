"""What assessment writes to the journal: `subject:object:action`.

The subject of an `attempt:` event is `attempt:<its reference>`; its earner may read such lines, so no assessor ever
stands in them. The subject of a `submission:` event is `submission:<its reference>`, for those who judge; no earner
stands in them. The subject of a `mentoring:` event is `mentoring:<its reference>`, for the earner and the
mentor and for nobody who judges; no word that either wrote stands in them.
The subject of a `team:` event is `team:<its reference>`, for its members alone.
"""

from django.db import models


class Event(models.TextChoices):
    STARTED = "attempt:work:started"
    WITHDRAWN = "attempt:work:withdrawn"
    SUBMITTED = "attempt:submission:submitted"
    ROUND_OPENED = "attempt:round:opened"
    WORK_REPLACED = "attempt:work:replaced"
    COMPLETENESS_PASSED = "attempt:completeness:passed"
    COMPLETENESS_RETURNED = "attempt:completeness:returned"
    DECIDED_DEMONSTRATED = "attempt:decision:demonstrated"
    DECIDED_NOT_YET = "attempt:decision:not-yet"
    SAMPLE_KEPT = "attempt:sample:kept"
    EVIDENCE_LENT = "attempt:evidence:lent"
    EVIDENCE_TAKEN_BACK = "attempt:evidence:taken-back"
    APPEAL_LODGED = "attempt:appeal:lodged"
    APPEAL_WITHDRAWN = "attempt:appeal:withdrawn"
    APPEAL_ADMITTED = "attempt:appeal:admitted"
    APPEAL_NOT_ADMITTED = "attempt:appeal:not-admitted"
    APPEAL_STANDS = "attempt:appeal:stands"
    APPEAL_CHANGED = "attempt:appeal:changed"
    APPEAL_PRACTICE_SET = "state:appeals:set"
    APPEAL_LOOKED_AT = "submission:appeal:looked-at"
    COMPLETENESS_CHECKED = "submission:completeness:checked"
    DECISION_MADE = "submission:decision:made"
    ROSTER_KEPT = "attempt:names:kept"
    ROSTER_FORGOTTEN = "attempt:names:forgotten"
    CONSENT_LOGGED = "attempt:consent:logged"
    SHOWN_SAID = "attempt:consent:said-who-is-shown"
    CONSENT_WITHDRAWN = "attempt:consent:withdrawn"
    EVIDENCE_TAKEN_AWAY = "submission:evidence:taken-away"
    COPY_FLAGGED = "submission:likeness:flagged"
    COPY_FOUND = "submission:likeness:looked-at"
    TEAM_BEGUN = "team:work:begun"
    TEAM_ASKED = "team:invitation:made"
    TEAM_JOINED = "team:invitation:accepted"
    TEAM_DECLINED = "team:invitation:declined"
    TEAM_WITHDRAWN = "team:invitation:taken-back"
    TEAM_LAPSED = "team:invitation:lapsed"
    TEAM_LEFT = "team:member:left"
    TEAM_BROUGHT = "team:artifact:brought"
    TEAM_CLOSED = "team:work:closed"
    MENTOR_INVITED = "mentoring:invitation:made"
    MENTOR_ACCEPTED = "mentoring:invitation:accepted"
    MENTOR_DECLINED = "mentoring:invitation:declined"
    MENTOR_WITHDRAWN = "mentoring:invitation:taken-back"
    MENTOR_LAPSED = "mentoring:invitation:lapsed"
    MENTOR_ENDED = "mentoring:help:ended"
    MENTOR_SHOWN = "mentoring:draft:shown"
    LETTER_SHOWN = "mentoring:letter:shown"
    LETTER_HIDDEN = "mentoring:letter:hidden"
    DRAFT_COMMENTED = "mentoring:comment:written"
    COMMENT_ANSWERED = "mentoring:comment:answered"
    COMMENT_DONE = "mentoring:comment:done"
