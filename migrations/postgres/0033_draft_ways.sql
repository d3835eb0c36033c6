-- Which versions of a draft undo and redo lead to, asked at each save: without these every version is read whole.
CREATE INDEX draft_versions_by_undo ON draft_versions (slug, undo_to);
CREATE INDEX draft_versions_by_redo ON draft_versions (slug, redo_to);
