-- SHA-256 over the hash before it and what is noted, in hexadecimal digits; none for what was noted before there were hashes.
ALTER TABLE audit ADD COLUMN hash TEXT COLLATE "C";
CREATE INDEX audit_by_subject ON audit (subject, id);
INSERT INTO counters (name, last) VALUES ('audit', 0);
