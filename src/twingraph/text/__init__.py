"""Names and words as text: folded for comparison, romanised, written into ids."""
