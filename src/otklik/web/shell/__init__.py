"""The frame around every page: templates only."""
