"""Pages about hours and promises, one file a subject."""
