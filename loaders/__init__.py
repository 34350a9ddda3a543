"""Outside data in: sources are read, their places settled, and the store brought to what they say."""
