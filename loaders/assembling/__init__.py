"""From records to the changes of a store: settle, assemble, compare, merge, remove."""
