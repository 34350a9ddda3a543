"""Wikipedia's lists of twin towns and the twin-town sections of single articles, as saved HTML or as wikitext."""
