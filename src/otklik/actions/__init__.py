"""One file a verb: what a person can ask Otklik to do."""
