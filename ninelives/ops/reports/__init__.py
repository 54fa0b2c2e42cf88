"""Reported stories, for whoever looks at them."""
