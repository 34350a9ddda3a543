"""Places made one, or several again, as judgements say.

- `rules`: which places are one, and what that makes of a statement and of a place; pure functions.
- `merged`: which places of a store stand as one.
- `incoming`: what a load is about to write, told of the places that stand for others.
- `stored`: what has to change in a store when a judgement is made or taken back; `links` are its relationships.
"""
