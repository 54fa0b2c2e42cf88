"""Tools of every contract change: the compatibility gate, and the OpenAPI and AsyncAPI documents."""
