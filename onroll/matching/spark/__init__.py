"""`--engine spark`: the same model and the same answers, on many machines; an optional extra."""
