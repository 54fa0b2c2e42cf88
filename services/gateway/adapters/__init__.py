"""AWS on the far side of the domain's ports."""
