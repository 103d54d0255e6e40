"""Meetings with a coach, which a version may ask for after so many rounds: said by the earner, and confirmed."""
