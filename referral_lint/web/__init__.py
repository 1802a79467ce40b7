"""The page on one's own machine, and the door for programs: both ask the same workers, and keep nothing on disk."""
