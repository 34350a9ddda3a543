"""What the registers of places hold, and the index that is built from them."""
