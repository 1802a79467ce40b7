"""Many past drafts at once: what goes wrong most, where, and whether it is getting better.

A folder is walked (`walk`), each file becomes a small plain row in a worker process (`row`), the rows go to one
database (`store`, `schema.sql`), and everything that is shown is counted there (`counts`, `dashboard`, `compare`,
`audit`). Words of a draft stay in the worker unless somebody asked for them.
"""
