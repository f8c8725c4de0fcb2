"""Measurements of speed, each beside a bare baseline taken in the same run."""
