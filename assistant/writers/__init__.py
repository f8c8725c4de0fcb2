"""One small writer for each kind of question. A writer fills the draft and tells the status."""
