"""What is made from the archive: projections rebuilt, tables exported."""
