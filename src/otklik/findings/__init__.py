"""Where customers wait and why."""
