"""Pages and answers that are not part of /api/v1."""
