"""How the model came about: `m` and `u` by Splink without labels, `q` by counting one roll."""
