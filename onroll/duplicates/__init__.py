"""Two records of one child: merges, and answers that they are two children."""
