"""Background work that survives a crash: a queue in the database, claimed by lease."""
