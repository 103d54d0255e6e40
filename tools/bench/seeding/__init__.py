"""Filling a scratch database: `python -m bench.seeding whole|quick`, in the environment of the database to fill.

The catalog, the keys and some hundreds of badges are made by the product's own verbs. Everything else is poured in as
rows, in the shapes in which the verbs would have left them: the same people and texts every time.
"""
