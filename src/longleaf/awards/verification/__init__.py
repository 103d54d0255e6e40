"""Verifying any badge: the engine asks, this installation brings the documents, safely, and tells what came of it."""
