"""The `ninelives` command and what is behind it, one room for each audience."""
