"""Rewards: what units and the state give to educators who earn, promised before they begin and paid from budgets.

An offer is never edited; what was promised under it is kept as it was told. Money is promised first come, first served,
and never more of it than a funding source has.
"""
