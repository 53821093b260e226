"""The `onroll compare` command: which children of one list are on no other (P04, P05)."""
