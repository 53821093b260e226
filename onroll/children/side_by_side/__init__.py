"""Two records side by side: what each has, where they differ, and what that weighs."""
