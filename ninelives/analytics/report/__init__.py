"""An export of the archive as one page to read: tables in, a self-contained HTML document out."""
