"""Files and databases as they are, understood column by column."""
