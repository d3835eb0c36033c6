-- By arm of an experiment, as JSON: how many values its policy would have chosen otherwise than the holdout began with, and how many of them an
-- order of the holdout has. What a wrong default costs is told by it.
ALTER TABLE experiment_orders ADD COLUMN fits TEXT NOT NULL DEFAULT '[]';
