"""Recorded turns, told again by another game master."""
