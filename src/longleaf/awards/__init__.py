"""Badges: issuing them exactly once, the keys that sign them, their status, their public pages, and verifying any.

And endorsements: what an organisation states of an issuer or of a version, signed.

Does not own: who deserves one (`assessment` decides), nor what one is worth (`recognition`).
"""
