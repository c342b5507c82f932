"""What speed is: one file a measure, one definition run at two speeds."""
