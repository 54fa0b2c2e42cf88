"""Tools of analysts: the export of the archive, its report, and the bill."""
