"""Lists of people who are awarded together: read, checked row by row, confirmed, and awarded in the background."""
