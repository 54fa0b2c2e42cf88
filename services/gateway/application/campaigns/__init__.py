"""Use cases of campaigns: start, fork, show and list them."""
