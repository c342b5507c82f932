"""Results to text and HTML; no arithmetic."""
