"""Lambda entry points: wiring, nothing else."""
