"""What every role may do, compared with what is done in its name."""
