"""What the pages of intake show, as parts: tables, one record, two records side by side."""
