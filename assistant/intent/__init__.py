"""What a question asks for: its kind and its particulars."""
