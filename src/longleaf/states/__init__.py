"""State packs: reading and checking the folders in which a state keeps its own facts.

This app owns the shape of a pack (`parts`), the reading of its YAML and CSV files (`files`, `reading`) and
the search for mistakes in it (`checking`). It holds no fact of any state and asks no database: what a pack
says is handed over as typed, frozen values.
"""
