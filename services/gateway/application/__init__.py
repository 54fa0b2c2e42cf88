"""Use cases: read, decide, write, and try again. Everything outside is a port."""
