"""What may be looked up: the documents and the index asked, and answered in passages with an exact quote."""
