"""Pages and files of taking away."""
