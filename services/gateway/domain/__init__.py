"""Decisions of the gateway: pure functions and values, without AWS, HTTP, a clock or an environment."""
