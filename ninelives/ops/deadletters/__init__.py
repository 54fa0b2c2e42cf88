"""What was set aside: found, looked at, sent back once its cause is mended, or thrown away."""
