"""Mentors: somebody whom an earner lets look at a draft, requirement by requirement, and who writes comments on it.

Fenced off from scoring on both sides. No page, file or figure of those who judge reads anything from here; whoever
mentored is kept from judging (`assessment.nearness`); and whoever judges cannot come to mentor, which nobody is told.
"""
