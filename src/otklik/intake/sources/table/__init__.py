"""Tables of any kind: CSV, TSV, XLSX, XLS, ODS, Parquet, JSON lines."""
