"""Who reads what: waiting seats and assessors as values, what keeps somebody out, and who is chosen.

`vacancies`, `barring`, `weighing` and `matching` are plain Python: no database and no clock. `gathering` reads the
values, and `panels.convening` and `panels.drawing` act on what comes of them.
"""
