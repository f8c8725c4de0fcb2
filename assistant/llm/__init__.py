"""Answers by a language model: the same desk and the same tools, and nothing leaves but through the gate."""
