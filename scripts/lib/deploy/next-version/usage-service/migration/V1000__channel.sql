-- What the next release of the deployment test brings: a table that is written to all the time gets wider.
ALTER TABLE usage_event ADD COLUMN channel varchar NOT NULL DEFAULT 'api' CHECK (channel <> '');
