"""What a path, a folder, an archive or a pipe holds: opened once, recognised once."""
