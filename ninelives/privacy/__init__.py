"""Proof that nothing is left of a player: the record is whole, and what was theirs is in nothing that is kept."""
