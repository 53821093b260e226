"""The questions of a referral as forms, and what their answers come to: urgent, ready, facts."""
