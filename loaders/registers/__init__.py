"""The registers of places, and the index built from them."""
