"""What several technologies share because it really is the same: one module or package for each subject."""
