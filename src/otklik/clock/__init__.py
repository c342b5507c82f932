"""Calendars, spans and the business clock; pure."""
