"""Lists of people who took part in the same workshop or course: checked first, then recorded, each person once."""
