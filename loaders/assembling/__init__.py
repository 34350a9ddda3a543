"""From records to the changes of a store.

Data takes the modules in this order:

- `settler`: each name becomes a node (municipality, metropolis, region, country) with what it lies in;
- `assembly`: each record becomes a statement and the relationship that it is about;
- `merged_places`, `merging`: places that judgements have merged get their representative;
- `duplicates`: places that may be one, and names that may mean two, are reported;
- `agreements`: which acts the statements of a pair describe;
- `comparison`: the difference between the assembly and the store, with nodes that no statement supports any more;
- `changes`: that difference as queries, and the one transaction that runs them;
- `removal`: the same way for a source that is removed.
"""
