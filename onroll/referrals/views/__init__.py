"""Pages of referrals: the form for anyone, and the hub's queue."""
