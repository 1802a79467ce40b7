"""A report as a page: the draft as it reads, its notes, its checklist. Data for the templates, and nothing of HTML."""
