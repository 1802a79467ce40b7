"""Which of the seventeen statements a draft makes, by meaning: units, frames, a small classifier, and what is asked for."""
