"""Permissions of every role, compared with what is done in its name."""
