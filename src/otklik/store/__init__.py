"""The service log on Delta Lake, and the facts kept beside it."""
