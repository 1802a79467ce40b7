"""Rich text (RTF): the pieces of its reader."""
