"""Wikidata's twinned administrative bodies (property P190): query results, entity dumps and the live service.

`service` and `live` download query results; `answers` and `dump` parse files; `reading` builds a
network of the items and their partnerships; `items` parses ids, coordinates and dates.
"""
