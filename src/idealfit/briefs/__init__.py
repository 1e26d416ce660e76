"""One page per company: why this one, why now, who, what to say; every line with its source."""
