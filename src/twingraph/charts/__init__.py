"""Charts of answers: what to draw, drawn as SVG, shown in a page or as PNG."""
