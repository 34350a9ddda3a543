"""Wikidata's twinned administrative bodies (property P190): query answers, entity dumps, and the live query service."""
