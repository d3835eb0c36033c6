-- How many values that an order's visitor began with were ordered otherwise: with the order, so that it counts where that does. What
-- visitors had of it is read no more, and goes away one release later.
ALTER TABLE experiment_orders ADD COLUMN defaults_changed BIGINT NOT NULL DEFAULT 0;
UPDATE experiment_orders SET defaults_changed = (
    SELECT came.defaults_changed FROM experiment_visitors AS came
    WHERE came.experiment = experiment_orders.experiment AND came.visitor_hash = experiment_orders.visitor_hash)
WHERE number = (
    SELECT MIN(own.number) FROM experiment_orders AS own
    WHERE own.experiment = experiment_orders.experiment AND own.visitor_hash = experiment_orders.visitor_hash);

-- What is sold out comes in the same order whatever language the database was made for: by it, what was computed of a product is found.
ALTER TABLE sold_out
    ALTER COLUMN slug TYPE TEXT COLLATE "C",
    ALTER COLUMN attribute TYPE TEXT COLLATE "C",
    ALTER COLUMN option_code TYPE TEXT COLLATE "C",
    ALTER COLUMN marked_by TYPE TEXT COLLATE "C";
