"""The composition root: makes clients, reads the environment on first use, and hands both to use cases."""
