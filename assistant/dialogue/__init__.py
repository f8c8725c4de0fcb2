"""What a question takes over from what was asked and answered before it."""
