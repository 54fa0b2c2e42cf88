"""Work on the archive: projections rebuilt, tables exported."""
