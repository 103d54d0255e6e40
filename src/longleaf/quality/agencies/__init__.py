"""Applications of organisations to be approved: written against the state's criteria, handed in, decided by review.

What is handed in is read by `reviewing` as a design is; suspending and withdrawing an approval is for `oversight`.
"""
