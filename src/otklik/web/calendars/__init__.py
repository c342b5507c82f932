"""Working hours and promises: calendars with versions, targets, their history."""
