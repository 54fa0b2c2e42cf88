"""What the gateway decides, without AWS, a clock or an environment."""
