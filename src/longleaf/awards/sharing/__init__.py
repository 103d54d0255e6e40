"""What earners do with a badge: decide who sees it, show it elsewhere, take it along in many forms."""
