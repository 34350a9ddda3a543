"""Wikipedia's lists of twin towns and the twin-town sections of single articles, as saved HTML or as wikitext.

`html` and `wikitext` parse a page into an `outline`; `reading` reads the records from it with the vocabulary of
`words`.
"""
