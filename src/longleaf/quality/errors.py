"""What can go wrong when quality is reviewed and decided on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from longleaf.kit.autosaving import Stale
from longleaf.kit.errors import BadInput, NotAllowed, WrongState

if TYPE_CHECKING:
    from longleaf.quality.models import Quotation


class DecisionChanged(BadInput):
    """On that day this organisation decided something else of the same subject."""

    code = "quality-decision-changed"


class MayNotDecide(NotAllowed):
    code = "may-not-decide-on-quality"

    def __init__(self) -> None:
        super().__init__("Decisions on quality are recorded by officers of the organization that decides.")


class NoSuchReview(NotAllowed):
    """None at all, or of an organisation that is not theirs: whoever asks must not learn which."""

    code = "no-such-quality-review"

    def __init__(self) -> None:
        super().__init__("There is no review of yours at this address. Quality reviews lists yours.", hidden=True)


class NoSuchCriteria(NotAllowed):
    code = "no-such-criteria"

    def __init__(self) -> None:
        super().__init__("The state has no criteria at this address. The register leads to those it has.", hidden=True)


class NoSuchPage(NotAllowed):
    code = "no-such-page-of-the-feed"

    def __init__(self) -> None:
        super().__init__("The feed has no page there. Begin again with its first page.", hidden=True)


class MayNotHandIn(NotAllowed):
    code = "may-not-hand-in-for-review"

    def __init__(self) -> None:
        super().__init__("A design is handed in for review by designers and officers of its issuer.")


class ReviewUnderWay(WrongState):
    code = "review-under-way"


class NothingToReviewBy(WrongState):
    code = "nothing-to-review-by"

    def __init__(self) -> None:
        super().__init__("This state has no quality rubric in force, or names no agency that reviews. Ask the state.")


class NotDeclared(BadInput):
    """`fields` maps `declared` to what is missing."""

    code = "conflict-not-declared"

    def __init__(self) -> None:
        sentence = "Declare that none of this is so, or give the reading back."
        super().__init__(sentence, fields={"declared": sentence})


class QuotationTooLong(BadInput):
    code = "quotation-too-long"


class StaleQuotation(Stale):
    """The words were saved from somewhere else since. `quotation` is what is kept now."""

    code = "stale-quotation"

    def __init__(self, quotation: Quotation) -> None:
        super().__init__()
        self.quotation = quotation

    def kept_of(self, field: str) -> tuple[str, int]:
        return self.quotation.words, self.quotation.revision


class UnusableDecision(BadInput):
    """`fields` maps each part of the decision to what is wrong with it."""

    code = "unusable-quality-decision"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("The decision is not complete yet. Nothing is decided.", fields=fields)


class ReadItThemselves(NotAllowed):
    code = "decides-on-own-reading"

    def __init__(self) -> None:
        super().__init__("You were asked to read this design, so another officer of the agency decides on it.")


class WroteItThemselves(NotAllowed):
    code = "decides-on-own-work"

    def __init__(self) -> None:
        super().__init__("You wrote this or handed it in, so another officer of the agency decides on it.")


class NoSuchCondition(NotAllowed):
    code = "no-such-condition"

    def __init__(self) -> None:
        super().__init__("There is no such condition that you look after.", hidden=True)


class ReportWaits(WrongState):
    """What was reported of a condition before is not answered yet."""

    code = "report-waits"

    def __init__(self) -> None:
        super().__init__("This condition is reported as met already. The agency looks at it; you get a letter.")


class NoReportWaits(WrongState):
    code = "no-report-waits"

    def __init__(self) -> None:
        super().__init__("Nothing is reported of this condition that waits for an answer. Reload the page.")


class OtherReportWaits(WrongState):
    """An officer answers what does not wait: the page they typed on is older than the last report, or its answer."""

    code = "other-report-waits"

    def __init__(self) -> None:
        super().__init__(
            "Meanwhile this condition was reported, or a report of it answered. Read what stands there now."
        )


class ReportedItThemselves(NotAllowed):
    code = "confirms-own-report"

    def __init__(self) -> None:
        super().__init__("You reported this condition as met, so another officer of the agency confirms it.")


class UnusableReport(BadInput):
    code = "unusable-report"


class ConditionIsMet(WrongState):
    code = "condition-is-met"


class NothingToEnd(WrongState):
    code = "nothing-to-end"


class NothingToLift(WrongState):
    code = "nothing-to-lift"


class IssuerClosed(WrongState):
    """Nothing of an issuer is recognised while its approval is suspended, or after it was withdrawn."""

    code = "issuer-closed"


class NothingToReadAnew(WrongState):
    """It was approved without an application that is kept here."""

    code = "nothing-to-read-anew"


class ReadsDesigns(NotAllowed):
    """An officer who reads a design blind would learn whose it is by which can be called in and which are in review."""

    code = "reads-designs"

    def __init__(self) -> None:
        super().__init__("You are asked to read a design, so until that is over another officer calls designs in.")


class ReadsApplications(NotAllowed):
    """An officer who reads an application blind would learn whose it is by what can be read anew and what not."""

    code = "reads-applications"

    def __init__(self) -> None:
        super().__init__(
            "You are asked to read an application, so until that is over another officer has organizations read anew."
        )


class NoSuchComplaint(NotAllowed):
    code = "no-such-complaint"

    def __init__(self) -> None:
        super().__init__("There is no complaint of yours at this address.", hidden=True)


class ComplainedThemselves(NotAllowed):
    code = "answers-own-complaint"

    def __init__(self) -> None:
        super().__init__("You made this complaint, so another officer of the agency answers it.")


class UnusableComplaint(BadInput):
    code = "unusable-complaint"


class UnusableDay(BadInput):
    """A day by which something is asked for, and that is none or no day to come."""

    code = "unusable-day"


class UnusableSample(BadInput):
    code = "unusable-sample"


class RecognitionClosed(WrongState):
    """Its recognition is suspended or withdrawn, so nobody begins on it."""

    code = "recognition-closed"


class NoSuchComponent(BadInput):
    code = "no-such-component"


class NoSuchApplication(NotAllowed):
    code = "no-such-application"

    def __init__(self) -> None:
        super().__init__("There is no application of yours at this address. Applications lists yours.", hidden=True)


class MayNotApply(NotAllowed):
    code = "may-not-apply"


class ApplicationUnderWay(WrongState):
    """The organisation has one of this kind that is written or reviewed."""

    code = "application-under-way"


class ApplicationNotDraft(WrongState):
    code = "application-not-a-draft"

    def __init__(self) -> None:
        super().__init__("This application is no draft any more, so it stays as it is. Take it back to change it.")


class TooEarlyToRenew(WrongState):
    code = "too-early-to-renew"


class IncompleteApplication(BadInput):
    """`fields` maps `scope`, `shown-<criterion>` and `links-<criterion>` to what is missing."""

    code = "incomplete-application"


class NotAPathway(BadInput):
    """An application names what the state does not offer of its own, or is no application to run a pathway."""

    code = "not-a-pathway"


class TooManyDocuments(BadInput):
    code = "too-many-documents"


class NoSuchDocument(NotAllowed):
    code = "no-such-application-document"

    def __init__(self) -> None:
        super().__init__("There is no document at this address that you may open.", hidden=True)


class UnusableOversightRules(BadInput):
    """`fields` maps the place of each mistake to what is wrong there."""

    code = "unusable-oversight-rules"


class NoSuchFigures(NotAllowed):
    """None at all, or of an organisation that is not theirs."""

    code = "no-such-figures"

    def __init__(self) -> None:
        super().__init__("There are no figures at this address that you may see.", hidden=True)


class NoSuchAlarm(NotAllowed):
    code = "no-such-alarm"

    def __init__(self) -> None:
        super().__init__("There is no alarm at this address that you may see.", hidden=True)


class NothingFound(BadInput):
    """Whoever looked at an alarm says what they found."""

    code = "nothing-found"


class UnusableQuestion(BadInput):
    """A question to an issuer about an alarm, or its answer, that says nothing or too much."""

    code = "unusable-question"


class IsAsked(WrongState):
    """One question is asked about an alarm, and one answer given."""

    code = "alarm-is-asked"
