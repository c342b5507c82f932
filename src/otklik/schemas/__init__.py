"""Data contracts: events, requests, calendars, targets, results."""
