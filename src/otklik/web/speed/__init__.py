"""The dashboards: how fast, who waits, where the time goes, when, who waits most, the quality of the record."""
