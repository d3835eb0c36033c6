-- What a shopper calls a design that stays as it is, whose keeping is 'named'; of all others nothing.
ALTER TABLE designs ADD COLUMN name TEXT;
