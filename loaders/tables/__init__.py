"""Tables: delimited text, workbooks and JSON as rows, and rows as records."""
