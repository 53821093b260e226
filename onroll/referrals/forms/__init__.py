"""The forms of the hub, of who referred, and of what need not be referred."""
