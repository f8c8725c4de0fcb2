"""How people put things and how the assistant does: words as patterns, and the data files they are kept in."""
