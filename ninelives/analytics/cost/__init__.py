"""The bill: what the system costs, at rest and per turn, computed from what is counted."""
