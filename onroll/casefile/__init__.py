"""Pages that show several features: Today, the case, the child, finding a child, the menu."""
