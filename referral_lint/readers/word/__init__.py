"""Word documents, opened and walked without losing a word: the pieces that the docx reader and its writer share."""
