"""The assistant: a question in, a proven answer out."""
