"""Lists as they come and as answers go: CSV, Parquet or a table of PostgreSQL, by DuckDB."""
