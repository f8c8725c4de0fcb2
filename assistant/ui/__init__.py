"""The page: one file a page, charts in one file, nothing that computes a figure."""
