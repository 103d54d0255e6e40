"""Reviews of designs and of applications: handed in, read by the state's reviewers, decided by an officer.

Who reads, by when and what they find is kept by `panels`; here is what only they have: the declaration before it is
opened, and the words on which a rating rests. What differs between the two stands in `subjects`.
"""
