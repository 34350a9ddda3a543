"""Judgements of people about places: their file, and how they change a store."""
