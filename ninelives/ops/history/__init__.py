"""A campaign's past for those who ask questions of it: what it was, why, and what it would have been."""
