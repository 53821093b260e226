"""Two whole lists: their links, what the links show of each child, and how schools are named."""
