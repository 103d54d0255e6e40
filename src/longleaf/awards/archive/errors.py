"""What can go wrong with an archive, by name.

Refusal
├── BadInput     NotAnArchive · PrivateWithinPublic
├── NotAllowed   MayNotArchive
└── WrongState   PagesNotBuilt
"""

from __future__ import annotations

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class NotAnArchive(BadInput):
    """The folder holds something else, or an archive of another installation."""

    code = "not-an-archive"


class PrivateWithinPublic(BadInput):
    """Private badges would lie where everybody can fetch them."""

    code = "private-within-public"

    def __init__(self) -> None:
        super().__init__(
            "The folder for private badges may not lie inside the archive, nor the archive inside it: a file server"
            " would publish it. Name another folder."
        )


class MayNotArchive(NotAllowed):
    code = "may-not-archive"

    def __init__(self) -> None:
        super().__init__("Only a state officer may have the state's badges archived.")


class PagesNotBuilt(WrongState):
    """Style sheet and verifier of the archive's pages were not compiled on this machine."""

    code = "pages-not-built"

    def __init__(self) -> None:
        super().__init__("The style sheet and the verifier page are not compiled yet. Run `make front-end` first.")
