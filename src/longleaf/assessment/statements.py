"""What an earner agrees to before handing in. The text itself is kept with the submission, as it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """`label` stands beside the box to tick; `text` is what is agreed to."""

    code: str
    label: str
    text: str
    mend: str


STATEMENTS = (
    Statement(
        code="privacy",
        label="Students’ privacy is protected",
        text=(
            "No student can be recognized in my evidence: names, faces, voices and identification numbers are removed "
            "or covered, or I hold written consent of a parent or guardian and my school’s permission to share them."
        ),
        mend="Look through your evidence for anything that shows who a student is, then tick the statement on privacy.",
    ),
    Statement(
        code="integrity",
        label="This is my own work",
        text=(
            "The evidence shows my own practice. Where I used the work of others or a tool that writes, draws or "
            "records for me, I say so where it is used."
        ),
        mend="Say where you used the work of others, then tick the statement that the work is your own.",
    ),
)
