"""People, organisations and the roles that people hold in them; and the state whose words and colours are shown.

Does not own: what a role may do (each app's `access` says so), nor anybody's licence (`recognition`).
"""
