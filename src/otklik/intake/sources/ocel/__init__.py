"""OCEL 2.0: object-centric event logs as JSON."""
