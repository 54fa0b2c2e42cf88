"""The events of Nine Lives as one AsyncAPI 3 document, made from the contracts and from the consumers' own code.

document.py    the document
page.py        the document as one HTML page that needs no network
parser.mjs     what the official parser says of the document
"""
