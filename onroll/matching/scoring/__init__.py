"""Scoring: match weights and probabilities of pairs, and the rules on what a machine may link."""
