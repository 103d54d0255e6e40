"""What protects people who appear in evidence, and what an earner says of how it was made.

Names searched for before handing in (`names`, `roster`, `looking`), consent (`consent`), tools used (`ai_use`), copies
that people are asked to look at (`likeness`, `comparing`, `flags`), and how consent is asked
for on paper (`forms_of_consent`). How long all of it is kept is for `assessment.retention` to say.
"""
