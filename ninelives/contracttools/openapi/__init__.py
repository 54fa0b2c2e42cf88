"""The player API as one OpenAPI 3.1 document, made from its routes and from what they say of themselves.

paths.py       a route: its path, what it takes, what it answers
headers.py     every header, once
words.py       what the code does not say: how the API is used, and examples
document.py    the document
page.py        the document as one HTML page that needs no network

released.py        the document as it was promised, which the one of today must keep
compatibility.py   what a client of an old document would stumble over
exchange.py        one schema against another, by the contract gate
"""
