"""Writes a made-up car range of the size and shape of a large real one, as rules.xml and prices.xml.

    generate_range.py FOLDER [--seed N]

The large range has 268 attributes with up to 324 options, 332 tables of about 226 000 tuples and up to 12 places, and
1 825 conditional prices. This one is built the way such ranges come about, seen in the published smaller ones:

- There is a hidden catalogue of versions (body x engine x gearbox x trim x market), and the attribute `v0` says which
  of them a car is. Most attributes follow from it: technical data, and flags that tell what is standard equipment
  (`_Serie`), an option (`_Option`) or comes in a pack (`_Pack`) on that version.
- Options are not made, to choose, or standard on a version, by trim and one more trait.
- Packs tie up to five options to the flags; an option can be in several packs.
- Rules of the markets tie a few options of the same kind to each other and to the market.
- Prices depend on a second code of the version, by market and kind of engine, on flags and on packs.

What was matched are those numbers, the share of attributes that follow and a count of designs beyond 64 bits. How hard
the real range is could not be compared: limits stated for that one (arcs, seconds) are not proven alike by this one.

Rules are relaxed where they would forbid a version's standard equipment, so every version can be built. Equal seeds
give equal files on every version of Python.
"""

import argparse
from itertools import product
from math import prod
from pathlib import Path

from read import Model, PriceTable, Table

ATTRIBUTES = 268
TABLES = 332
PRICES = 1825
VERSIONS = 324
TECHNICAL = 32
OPTIONS = 84
PACKS = 14
KINDS = 6
LARGEST_RULE = 9000


class Chance:
    """A small generator of pseudo-random numbers whose sequence is fixed here (SplitMix64: Steele, Lea and Flood, 2014)."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
        return mixed ^ (mixed >> 31)

    def below(self, limit):
        return self.next() % limit

    def happens(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items):
        items = list(items)
        for index in range(len(items) - 1, 0, -1):
            other = self.below(index + 1)
            items[index], items[other] = items[other], items[index]
        return items

    def some(self, items, count):
        return self.shuffled(items)[:count]


class Range:
    """A range while it is built: the model, and for each version what is hidden behind it."""

    def __init__(self, seed):
        self.chance = Chance(seed)
        self.model = Model()
        self.numbers = {}
        self.versions = self.catalogue()
        # For each version and option attribute, the options that are possible and the one that is standard.
        self.offers = {}
        self.standard = [{} for _ in self.versions]

        self.add("v0", [str(version) for version in range(VERSIONS)])
        for version, standard in enumerate(self.standard):
            standard[0] = version
        self.technical()
        self.options()
        self.packs()
        self.flags()
        self.joint_tables()
        self.market_rules()
        self.prices()

    def catalogue(self):
        """The traits of each version: body, engine, gearbox, trim, market."""
        fits_engine = {(body, engine) for body, engine in product(range(3), range(9)) if self.chance.happens(80)}
        fits_trim = {(engine, trim) for engine, trim in product(range(9), range(7)) if self.chance.happens(55)}
        fits_gearbox = {(engine, gearbox) for engine, gearbox in product(range(9), range(3)) if self.chance.happens(55)}
        fits_gearbox |= {(engine, engine % 3) for engine in range(9)}
        fits_market = {(trim, market) for trim, market in product(range(7), range(6)) if self.chance.happens(70)}
        all_traits = [
            traits
            for traits in product(range(3), range(9), range(3), range(7), range(6))
            if traits[:2] in fits_engine
            and traits[1::2] in fits_trim
            and traits[1:3] in fits_gearbox
            and traits[3:] in fits_market
        ]
        if len(all_traits) < VERSIONS:
            raise SystemExit(f"only {len(all_traits)} versions with this seed; take another")
        return sorted(self.chance.some(all_traits, VERSIONS))

    def add(self, name, options):
        """A new attribute; its number."""
        self.numbers[name] = len(self.model.attributes)
        self.model.attributes.append(name)
        self.model.options.append(options)
        return self.numbers[name]

    def table(self, scope, rows):
        self.model.tables.append(Table(f"rule{len(self.model.tables)}", tuple(scope), sorted(set(rows)), True))

    def follows(self, name, options, value_of):
        """A new attribute whose option (an index) follows from the version."""
        attribute = self.add(name, options)
        for version, standard in enumerate(self.standard):
            standard[attribute] = value_of(version)
        self.table([0, attribute], [(version, standard[attribute]) for version, standard in enumerate(self.standard)])
        return attribute

    def by_traits(self, traits, size):
        """A fixed random number below `size` for each combination of these traits, as a function of the version."""
        numbers = {}

        def value_of(version):
            key = tuple(self.versions[version][trait] for trait in traits)
            if key not in numbers:
                numbers[key] = self.chance.below(size)
            return numbers[key]

        return value_of

    def technical(self):
        """What follows from the version: the market, a second code of the version, technical data."""
        names = [str(number) for number in range(VERSIONS)]
        self.market = self.follows("v1", names[:6], lambda version: self.versions[version][4])
        self.trim = self.follows("v2", names[:7], lambda version: self.versions[version][3])
        self.body = self.follows("v3", names[:3], lambda version: self.versions[version][0])
        self.engine = self.follows("v4", names[:9], lambda version: self.versions[version][1])
        codes = self.chance.shuffled(range(VERSIONS))
        self.code = self.follows("v5", names, lambda version: codes[version])
        for number in range(6, TECHNICAL):
            size = self.chance.pick([2, 2, 2, 3, 3, 4, 4, 5, 8, 14])
            traits = self.chance.some(range(5), 2)
            self.follows(f"v{number}", names[:size], self.by_traits(traits, size))

    def options(self):
        """Option attributes, with what is made, to choose and standard on each version."""
        self.option_attributes, self.kind = [], {}
        for number in range(TECHNICAL, TECHNICAL + OPTIONS):
            position = number - TECHNICAL
            size = [40, 18, 9, 7][position] if position < 4 else self.chance.pick([2] * 8 + [3, 3, 4, 5])
            none = position >= 4 and self.chance.happens(45)
            names = [str(value) for value in range(size - none)] + ["-1"] * none
            attribute = self.add(f"v{number}", names)
            self.option_attributes.append(attribute)
            self.kind[attribute] = position % KINDS
            traits = (3, self.chance.below(5))
            plain = size - 1 if none else 0
            offered = {}
            for version, standard in enumerate(self.standard):
                key = tuple(self.versions[version][trait] for trait in traits)
                if key not in offered:
                    offered[key] = self.offer(size, plain, key[0])
                possible, usual = offered[key]
                self.offers[version, attribute] = possible
                standard[attribute] = usual
            rows = [(version, value) for version in range(VERSIONS) for value in self.offers[version, attribute]]
            self.table([0, attribute], rows)

    def offer(self, size, plain, trim):
        """The options possible on some versions, and the standard one; richer trims have more as standard."""
        if size > 6:
            possible = sorted(self.chance.some(range(size), max(2, size // 2)))
            return possible, self.chance.pick(possible)
        fate = self.chance.below(100)
        if fate < 26:
            return [plain], plain
        usual = self.chance.below(size) if fate < 40 + 5 * trim else plain
        possible = {usual} | {value for value in range(size) if value != plain and self.chance.happens(70)}
        return sorted(possible), usual

    def flags(self):
        """Flags that tell which options are standard on a version, until all attributes are there."""
        small = [a for a in self.option_attributes if len(self.model.options[a]) <= 6]
        values = [(a, value) for a in small for value in range(len(self.model.options[a]))]
        self.serie = {}
        for attribute, value in sorted(self.chance.some(values, ATTRIBUTES - len(self.model.attributes))):
            self.serie[attribute, value] = self.flag(
                attribute, value, "Serie", lambda version: self.standard[version][attribute] == value
            )

    def flag(self, attribute, value, sort, holds):
        name = f"{self.model.attributes[attribute]}_{self.model.options[attribute][value].replace('-1', 'none')}_{sort}"
        if name in self.numbers:
            return self.numbers[name]
        return self.follows(name, ["1", "-1"], lambda version: 0 if holds(version) else 1)

    def packs(self):
        """Packs: taken, they bring their options; not taken, they leave out what the version has only in the pack."""
        self.pack_attributes = []
        for number in range(PACKS):
            kind = number % KINDS
            near = [a for a in self.option_attributes if self.kind[a] == kind and len(self.model.options[a]) <= 6]
            far = [a for a in self.option_attributes if self.kind[a] == (kind + 1) % KINDS and len(self.model.options[a]) <= 3]
            items = self.chance.some(near, 4) + self.chance.some(far, 1)
            contents = []
            for attribute in items:
                contents.append((attribute, self.chance.below(len(self.model.options[attribute]))))
            self.pack(f"v{TECHNICAL + OPTIONS + number}", contents)

    def pack(self, name, contents):
        taken_by_trait = self.by_traits((3, 4), 100)
        can_take = {
            version: all(value in self.offers[version, attribute] for attribute, value in contents)
            for version in range(VERSIONS)
        }
        pack = self.add(name, ["0", "-1"])
        self.pack_attributes.append((pack, contents))
        for standard in self.standard:
            standard[pack] = 1
        self.table(
            [0, pack],
            [(version, 1) for version in range(VERSIONS)]
            + [(version, 0) for version in range(VERSIONS) if can_take[version]],
        )
        option = self.flag(pack, 0, "Option", lambda version: can_take[version] and taken_by_trait(version) < 60)
        # An option only in the pack cannot be the standard one.
        only = [
            self.flag(
                attribute,
                value,
                "Pack",
                lambda version, attribute=attribute, value=value: can_take[version]
                and self.standard[version][attribute] != value
                and self.by_name(attribute, value)(version) < 50,
            )
            for attribute, value in contents
        ]
        scope = [pack, *(attribute for attribute, _ in contents), option, *only]
        rows = []
        sizes = [range(len(self.model.options[attribute])) for attribute in scope]
        for row in product(*sizes):
            values, flags = row[1 : 1 + len(contents)], row[2 + len(contents) :]
            inside = [value == wanted for value, (_, wanted) in zip(values, contents)]
            if row[0] == 0 and all(inside):
                rows.append(row)
            if row[0] == 1 and not any(has and flag == 0 for has, flag in zip(inside, flags)):
                rows.append(row)
        self.table(scope, rows)

    def by_name(self, attribute, value):
        """A fixed random number below 100 by trim and engine, the same for every pack that has the option."""
        self.shares = getattr(self, "shares", {})
        if (attribute, value) not in self.shares:
            self.shares[attribute, value] = self.by_traits((3, 1), 100)
        return self.shares[attribute, value]

    def joint_tables(self):
        """Colour, upholstery and trim colour go together by version; the colour by the second code too."""
        colour, upholstery, wheels, harmony = self.option_attributes[:4]
        fits = {pair for pair in product(range(18), range(7)) if self.chance.happens(45)}
        suits = {pair for pair in product(range(40), range(18)) if self.chance.happens(30)}
        rows = []
        for version, standard in enumerate(self.standard):
            rows.append((version, *(standard[attribute] for attribute in (colour, upholstery, harmony))))
            for row in product(*(self.offers[version, attribute] for attribute in (colour, upholstery, harmony))):
                if row[1:] in fits and row[:2] in suits:
                    rows.append((version, *row))
        self.table([0, colour, upholstery, harmony], rows)
        for attribute in (colour, upholstery, wheels, self.option_attributes[6], self.option_attributes[9]):
            rows = [
                (value, standard[self.code])
                for version, standard in enumerate(self.standard)
                for value in self.offers[version, attribute]
            ]
            self.table([attribute, self.code], rows)

    def market_rules(self):
        """Rules that tie options of one kind to each other and to the market, until all tables are there."""
        while len(self.model.tables) < TABLES:
            kind = self.chance.below(KINDS)
            near = [a for a in self.option_attributes[4:] if self.kind[a] == kind]
            far = [a for a in self.option_attributes[4:] if self.kind[a] == (kind + 1) % KINDS]
            options = self.chance.some(near, 2 + self.chance.below(3)) + self.chance.some(far, self.chance.below(2))
            where = [self.market]
            if self.chance.happens(30):
                where += self.chance.some([self.trim, self.body, self.engine], 2)
            if prod(len(self.model.options[attribute]) for attribute in options + where) <= LARGEST_RULE:
                self.market_rule(options, where)

    def market_rule(self, options, where):
        """On some versions, an option of the first attribute needs one of some options of the others."""
        scope = options + where
        sizes = [len(self.model.options[attribute]) for attribute in scope]
        wanted = self.chance.below(sizes[0])
        partners = [set(self.chance.some(range(size), max(1, size // 2))) for size in sizes[1 : len(options)]]
        in_force = [set(self.chance.some(range(size), 1 + size // 2)) for size in sizes[len(options) :]]
        kept = {tuple(standard[attribute] for attribute in scope) for standard in self.standard}
        rows = [
            row
            for row in product(*(range(size) for size in sizes))
            if row in kept
            or row[0] != wanted
            or any(value in partner for value, partner in zip(row[1:], partners))
            or not all(value in force for value, force in zip(row[len(options) :], in_force))
        ]
        self.table(scope, rows)

    def prices(self):
        """A price for each version, then amounts for options by groups of versions."""
        for version, traits in enumerate(self.versions):
            body, engine, gearbox, trim, market = traits
            amount = 7400 + 350 * body + 610 * engine + 480 * gearbox + 890 * trim + 75 * market + self.chance.below(90)
            self.price([self.code], {(self.standard[version][self.code],): amount})
        groups = sorted({self.group(version) for version in range(VERSIONS)})
        per_option = {}
        while len(self.model.prices) < PRICES:
            attribute = self.chance.pick(self.option_attributes)
            value = self.chance.below(len(self.model.options[attribute]))
            group = self.chance.pick(groups)
            usual = per_option.setdefault((attribute, value), 40 + self.chance.below(900))
            amount = usual * (90 + self.chance.below(21)) // 100
            codes = [
                self.standard[version][self.code]
                for version in range(VERSIONS)
                if self.group(version) == group and value in self.offers[version, attribute]
                and self.standard[version][attribute] != value
            ]
            if not codes:
                continue
            self.option_price(attribute, value, codes, amount)

    def group(self, version):
        _, engine, _, trim, market = self.versions[version]
        return market, engine // 3, trim // 4

    def option_price(self, attribute, value, codes, amount):
        """One price of an option: alone, unless it is standard, or unless its pack is taken."""
        sort = self.chance.below(100)
        serie = self.serie.get((attribute, value))
        packs = [pack for pack, contents in self.pack_attributes if (attribute, value) in contents]
        if packs and sort < 60:
            pack = self.chance.pick(packs)
            if serie is not None and sort < 40:
                self.price([attribute, pack, self.code, serie], {(value, 1, code, 1): amount for code in codes})
            else:
                self.price([attribute, pack, self.code], {(value, 1, code): amount for code in codes})
        elif serie is not None and sort < 85:
            self.price([attribute, self.code, serie], {(value, code, 1): amount for code in codes})
        else:
            self.price([attribute, self.code], {(value, code): amount for code in codes})

    def price(self, scope, amounts):
        self.model.prices.append(PriceTable(f"price{len(self.model.prices)}", tuple(scope), amounts, 0))


def write(model, folder):
    """Writes rules.xml and prices.xml in the dialect of the published ranges."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = model.attributes
    head = [f' <domains nbDomains="{len(names)}">']
    for name, options in zip(names, model.options):
        optional = ' optional="-1"' if "-1" in options else ""
        head.append(f'<domain name="D{name}" nbValues="{len(options)}"{optional}>\n {" ".join(options)} \n</domain>')
    head.append(f' </domains>\n <variables nbVariables="{len(names)}">')
    head.extend(f'<variable name="{name}" domain="D{name}"/>' for name in names)
    head.append(" </variables>")

    def row_text(scope, row):
        return " ".join(model.options[attribute][value] for attribute, value in zip(scope, row))

    def scope_text(scope):
        return " ".join(names[attribute] for attribute in scope)

    with open(folder / "rules.xml", "w", encoding="utf-8", newline="\n") as out:
        print('<instance>\n <presentation format="XCSP 2.1" type="CSP" name="generated"/>', *head, sep="\n", file=out)
        print(f' <relations nbRelations="{len(model.tables)}">', file=out)
        for table in model.tables:
            print(
                f'<relation name="of_{table.name}" arity="{len(table.scope)}" nbTuples="{len(table.tuples)}" '
                'semantics="supports">',
                "|".join(row_text(table.scope, row) for row in table.tuples),
                "</relation>",
                sep="\n",
                file=out,
            )
        print(f' </relations>\n <constraints nbConstraints="{len(model.tables)}">', file=out)
        for table in model.tables:
            print(
                f'<constraint name="{table.name}" arity="{len(table.scope)}" reference="of_{table.name}" '
                f'scope="{scope_text(table.scope)}"/>',
                file=out,
            )
        print(" </constraints>\n</instance>", file=out)

    with open(folder / "prices.xml", "w", encoding="utf-8", newline="\n") as out:
        print('<instance>\n <presentation format="XCSP 2.1" type="WCSP" name="generated"/>', *head, sep="\n", file=out)
        print(f' <relations nbRelations="{len(model.prices)}">', file=out)
        for price in model.prices:
            amount = next(iter(price.amounts.values()))
            print(
                f'<relation name="of_{price.name}" arity="{len(price.scope)}" nbTuples="{len(price.amounts)}" '
                'semantics="soft" defaultCost="0">',
                f"{amount}:" + "|".join(row_text(price.scope, row) for row in price.amounts),
                "</relation>",
                sep="\n",
                file=out,
            )
        print(
            ' </relations>\n <constraints initialCost="0" maximalCost="9223372036854775807" '
            f'nbConstraints="{len(model.prices)}">',
            file=out,
        )
        for price in model.prices:
            print(
                f'<constraint name="{price.name}" arity="{len(price.scope)}" reference="of_{price.name}" '
                f'scope="{scope_text(price.scope)}"/>',
                file=out,
            )
        print(" </constraints>\n</instance>", file=out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    model = Range(given.seed).model
    write(model, given.folder)
    print(
        f"{len(model.attributes)} attributes with up to {max(map(len, model.options))} options, "
        f"{len(model.tables)} tables of {sum(len(table.tuples) for table in model.tables)} tuples and "
        f"up to {max(len(table.scope) for table in model.tables)} places, {len(model.prices)} prices"
    )


if __name__ == "__main__":
    main()
