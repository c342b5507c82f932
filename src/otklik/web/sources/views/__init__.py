"""Pages of records: the list, one upload, one import, taking back."""
