"""Badges: issuing them exactly once, the keys that sign them, their status, their public pages, and verifying any.

Does not own: who deserves one (`assessment` decides), nor what one is worth (`recognition`).
"""
