"""Bringing records in: upload, look, correct, import, take back."""
