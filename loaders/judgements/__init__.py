"""Judgements of users about places.

- `model`: one judgement, and how a table of them is parsed and checked;
- `file`: the file of a database, to which several processes can add;
- `application`: places of the store are merged or separated as the judgements require.
"""
