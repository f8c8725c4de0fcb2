"""How good the answers are: files of questions, graded."""
