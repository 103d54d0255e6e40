"""Reads of the register: what holds of each micro-credential, how it came to that, and what was decided lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import QueryDict

from longleaf.catalog import queries as catalog
from longleaf.kit import keeping
from longleaf.panels.blindness import PUBLIC
from longleaf.quality.errors import NoSuchPage
from longleaf.quality.models import Condition, QualityDecision, Review
from longleaf.quality.queries import RECOGNISES, Holding, replaced
from longleaf.quality.reviewing.conditions import in_force
from longleaf.quality.reviewing.findings import ComponentFinding, findings_of
from longleaf.quality.status import Outcome

if TYPE_CHECKING:
    from longleaf.catalog.models import Version

NEWEST_IN_FEED = 100
# More digits than that has no key of a database.
LONGEST_KEY = 18
WITH_ITS_VERSION = ("version__micro_credential__issuer", "decided_by", "instrument", "review")
NOT_FOR_LISTS = ("version__document", "version__search_text", "instrument__document")
# All that a line of the page shows, and what files tell besides. Whole rows take three times as long.
ON_THE_PAGE = (
    "outcome", "valid_from", "valid_until", "standing",
    "version__title", "version__standing", "version__number",
    "version__micro_credential__slug", "version__micro_credential__issuer__name",
    "instrument__title", "instrument__edition", "instrument__standing",
)  # fmt: skip
IN_FILES = (
    "organisation", "conditions", "decided_by__code", "version__digest", "version__micro_credential__issuer__code",
    "instrument__code", "judged_as",
)  # fmt: skip
# An application that was returned approves nothing and ends nothing: that is the organisation's own affair.
NOT_TOLD = Q(version__isnull=True, outcome=Outcome.RETURNED)
ENDED = "ended"
STATES = {
    "": "All",
    Outcome.RECOGNISED.value: "Recognized",
    Outcome.CONDITIONS.value: "Recognized with conditions",
    Outcome.SUSPENDED.value: "Recognition suspended",
    ENDED: "Ended, returned or withdrawn",
}


@dataclass(frozen=True)
class Asked:
    """What somebody looks for in the register; whatever is no state of it means all."""

    words: str = ""
    state: str = ""
    issuer: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> Asked:
        state = given.get("state", "")
        return cls(given.get("q", "").strip()[:100], state if state in STATES else "", given.get("issuer", ""))


@dataclass(frozen=True)
class Report:
    """All that the register tells of one micro-credential: what holds, what was decided, and by which findings."""

    version: Version
    decisions: Sequence[QualityDecision]
    today: date

    @cached_property
    def holding(self) -> list[Holding]:
        """What holds today of any of its versions, by each organisation, the newest version first."""
        begun = [each for each in reversed(self.decisions) if each.valid_from <= self.today]
        latest = {(each.version_id, each.decided_by_id): each for each in begun}
        return [Holding(each, self.today) for each in sorted(latest.values(), key=lambda each: -_number(each))]

    @cached_property
    def review(self) -> Review | None:
        """The review behind the newest recognition; None where it was recognised without one."""
        recognising = [each for each in self.decisions if each.outcome in RECOGNISES]
        reviewed = [each.review for each in recognising if hasattr(each, "review")]
        return reviewed[0] if reviewed else None

    @cached_property
    def findings(self) -> list[ComponentFinding]:
        return findings_of(self.review, PUBLIC) if self.review else []

    @cached_property
    def conditions(self) -> list[Condition]:
        return list(self.review.conditions.all()) if self.review else []

    @cached_property
    def asked(self) -> frozenset[int]:
        """The keys of the conditions that what holds today asks for, here and elsewhere."""
        return frozenset(each.pk for each in in_force(self.today)) if self.conditions else frozenset()


def entries(asked: Asked, *, today: date) -> QuerySet[QualityDecision]:
    """The decision that holds today of each version, by each organisation that decided, the newest decision first, with
    what the page shows of it."""
    found = _holding(asked, today).select_related("version__micro_credential__issuer", "instrument")
    return found.only(*ON_THE_PAGE)


def entries_for_files(asked: Asked, *, today: date) -> QuerySet[QualityDecision]:
    """The same with what files tell of it."""
    found = _holding(asked, today).select_related("version__micro_credential__issuer", "instrument", "decided_by")
    return found.only(*ON_THE_PAGE, *IN_FILES)


def issuers() -> list[tuple[str, str]]:
    """Everybody whose micro-credentials stand in the register: code and name, by name; kept until the next decision."""
    return keeping.as_decided("register issuers", make=_issuers)


def _issuers() -> list[tuple[str, str]]:
    names = _decisions().values_list(
        "version__micro_credential__issuer__code", "version__micro_credential__issuer__name"
    )
    return list(names.order_by("version__micro_credential__issuer__name").distinct())


@dataclass(frozen=True)
class FeedPage:
    """Decisions on a page of a feed, the newest first. `before` is the key of the decision that the page goes on from,
    and `older` that of its last one where there are more; None where not."""

    decisions: Sequence[QualityDecision]
    before: int | None
    older: int | None

    def address(self, feed: str) -> str:
        return f"{feed}?before={self.before}" if self.before else feed

    def next_address(self, feed: str) -> str:
        return f"{feed}?before={self.older}"


def newest(before: str = "") -> FeedPage:
    """What was recorded last of micro-credentials and of organisations, or what was recorded before a decision, by its
    key as a page of the feed names it. Raises `NoSuchPage` where there is none such."""
    told = QualityDecision.objects.filter(state=settings.STATE).exclude(NOT_TOLD)
    last = _named(told, before) if before else None
    if last:
        same_moment = Q(recorded_at=last.recorded_at, pk__lt=last.pk)
        told = told.filter(Q(recorded_at__lt=last.recorded_at) | same_moment)
    listed = told.select_related(*WITH_ITS_VERSION, "organisation").defer(*NOT_FOR_LISTS, "review__letter")
    found = list(listed.order_by("-recorded_at", "-pk")[: NEWEST_IN_FEED + 1])
    shown = found[:NEWEST_IN_FEED]
    return FeedPage(shown, last.pk if last else None, shown[-1].pk if len(found) > len(shown) else None)


def _named(told: QuerySet[QualityDecision], key: str) -> QualityDecision:
    found = told.filter(pk=int(key)).first() if key.isdecimal() and len(key) <= LONGEST_KEY else None
    if found is None:
        raise NoSuchPage
    return found


def report_on(slug: str, *, today: date) -> Report:
    """What the register tells of a micro-credential, the newest decision first. Raises `NoSuchMicroCredential`."""
    version = catalog.bare_version(slug)
    related = (*WITH_ITS_VERSION, "review__design", "review__instrument", "review__panel__rubric")
    decided = QualityDecision.objects.filter(version__micro_credential=version.micro_credential_id)
    return Report(version, list(decided.select_related(*related).order_by("-valid_from", "-pk")), today)


def _decisions() -> QuerySet[QualityDecision]:
    return QualityDecision.objects.filter(version__isnull=False, state=settings.STATE)


def _holding(asked: Asked, today: date) -> QuerySet[QualityDecision]:
    found = _decisions().filter(~replaced(by=today), valid_from__lte=today)
    fitting = found.filter(_words(asked.words), _state(asked.state, today), _issuer(asked.issuer))
    return fitting.order_by("-valid_from", "-pk")


def _words(words: str) -> Q:
    return catalog.called(words, version="version", issuers=issuers()) if words else Q()


def _state(state: str, today: date) -> Q:
    over = Q(valid_until__lt=today)
    if state == ENDED:
        return Q(outcome__in=[Outcome.RETURNED, Outcome.WITHDRAWN]) | over
    return Q(outcome=state) & ~over if state else Q()


def _issuer(code: str) -> Q:
    return Q(version__micro_credential__issuer__code=code) if code else Q()


def _number(decision: QualityDecision) -> int:
    return decision.version.number if decision.version else 0
