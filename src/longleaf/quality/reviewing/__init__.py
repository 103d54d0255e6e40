"""Reviews of designs: handed in by an issuer, read blind by the state's reviewers, decided by an officer.

Who reads, by when and what they find is kept by `panels`; here is what only a design has: the declaration before it is
opened, and the words of the design on which a rating rests.
"""
