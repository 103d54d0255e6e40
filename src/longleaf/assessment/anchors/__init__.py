"""Anchors made of what was handed in: samples of lead assessors, and decided work that its earner lends."""
