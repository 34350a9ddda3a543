"""News items: from a page or a text to the facts that it states, each with its sentence."""
