"""Out of the archive and into Parquet: a replay into a queue of its own, drained to disk, then written as tables."""
