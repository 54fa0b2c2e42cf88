"""The player API over HTTP and WebSocket, free of the product that carries it: routes, bodies, problems."""
