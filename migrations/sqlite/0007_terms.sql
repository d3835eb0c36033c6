-- What was promised with an order. Orders from before are one piece each, and keep nothing of the rest.
ALTER TABLE orders ADD COLUMN quantity INTEGER NOT NULL DEFAULT 1;
-- The day by which it is at the buyer's door, as a Julian day.
ALTER TABLE orders ADD COLUMN arrival INTEGER;
-- The VAT rate within its amounts, in hundredths of a percent.
ALTER TABLE orders ADD COLUMN vat INTEGER;
-- Days within which it can be returned; 0 where it can't be.
ALTER TABLE orders ADD COLUMN return_days INTEGER;
