"""What can go wrong with licences, values, policies, requests and lists."""

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class NotYoursToRecord(NotAllowed):
    code = "not-yours-to-record"


class UnusableValue(BadInput):
    code = "unusable-value"


class UnusableLocalRules(BadInput):
    """What a school unit would ask on top cannot be used, or would take from what the state asks."""

    code = "unusable-local-rules"


class RulesFromElsewhere(WrongState):
    """A school unit's document came from a pack and says more than the form can hold."""

    code = "rules-from-elsewhere"

    def __init__(self) -> None:
        super().__init__("What your unit asks came with the state's pack. It is changed there, not here.")


class UnusableLicence(BadInput):
    code = "unusable-licence"


class NoSuchLicence(NotAllowed):
    """It is not there, or it is somebody's whose licences the reader neither sees nor enters."""

    code = "no-such-licence"

    def __init__(self, sentence: str = "There is no license at this address.") -> None:
        super().__init__(sentence, hidden=True)


class NoSuchLicenceFile(NotAllowed):
    code = "no-such-licence-file"

    def __init__(self, sentence: str = "There is no file of licenses of yours at this address.") -> None:
        super().__init__(sentence, hidden=True)


class NoPolicy(WrongState):
    code = "no-policy"


class UnusablePractice(BadInput):
    code = "unusable-practice"


class NoSuchRequest(NotAllowed):
    """It is not there, or it is somebody else's, which a stranger must not tell apart."""

    code = "no-such-request"

    def __init__(self, sentence: str = "There is no request for credit at this address.") -> None:
        super().__init__(sentence, hidden=True)


class MayNotAsk(NotAllowed):
    """Only educators who have a school unit ask it for a decision."""

    code = "may-not-ask"


class UnusableRequest(BadInput):
    code = "unusable-request"


class UnusableDecision(BadInput):
    code = "unusable-decision"


class AppealOver(WrongState):
    """The time to appeal is over, or everything that was asked for was approved."""

    code = "appeal-over"


class NoSuchList(NotAllowed):
    code = "no-such-list"

    def __init__(self, sentence: str = "There is no list of yours at this address.") -> None:
        super().__init__(sentence, hidden=True)


class UnusableList(BadInput):
    code = "unusable-list"


class NotYourUnit(NotAllowed):
    """Only officers of a school unit see its roster, its desk and what is checked there."""

    code = "not-your-unit"


class UnusableAdoption(BadInput):
    code = "unusable-adoption"


class NothingToCertify(WrongState):
    """There is no ledger of which a certificate could be given."""

    code = "nothing-to-certify"


class NoSuchCertificate(NotAllowed):
    code = "no-such-certificate"

    def __init__(self, sentence: str = "There is no certificate with this number.") -> None:
        super().__init__(sentence, hidden=True)
