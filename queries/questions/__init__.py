"""Named questions: their catalogue, their parameters, and the answers."""
