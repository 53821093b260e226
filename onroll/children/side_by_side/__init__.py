"""Two records side by side: their values, where they differ, and what each field adds."""
