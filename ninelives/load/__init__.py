"""Load: many players at once at an address, what they were told checked, and what it took measured."""
