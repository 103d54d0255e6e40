"""How all educators of a school unit stand in their cycles: the page, the exports, and the numbers for the state."""
