"""What can go wrong with the journal. These are mistakes of a programmer, so no page is made of them."""


class JournalNeedsTransaction(RuntimeError):
    """A line was to be written outside a transaction."""


class UnknownEvent(TypeError):
    """A line was to be written of something that no `events.py` names."""
