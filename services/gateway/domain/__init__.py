"""What the gateway decides: pure functions and values, without AWS, HTTP, a clock or an environment."""
