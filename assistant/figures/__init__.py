"""What may be computed: the scoring engine asked, and answered in figures with their formula."""
