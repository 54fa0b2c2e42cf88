"""Use cases of the live side: the feed, the running story, and connections."""
