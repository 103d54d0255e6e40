"""Evidence: written, linked or uploaded; looked at when it arrives, and handed out so that it harms nobody."""
