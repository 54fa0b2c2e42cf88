"""AWS behind the ports of the use cases."""
