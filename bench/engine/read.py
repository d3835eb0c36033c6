"""Readers of the files that both sides are measured on: XCSP 2.1 rules and prices, and DIMACS.

They are written apart from the engine's own importers, so that a misreading on one side shows as a
difference instead of being shared.
"""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree


@dataclass
class Table:
    """Tuples of value indexes that the scope's values must be (`allowed`) or must not be one of."""

    name: str
    scope: tuple[int, ...]
    tuples: list[tuple[int, ...]]
    allowed: bool

    @cached_property
    def lookup(self):
        """The tuples as a set."""
        return set(self.tuples)


@dataclass
class PriceTable:
    """The amount added for each tuple of value indexes; `otherwise` for every other."""

    name: str
    scope: tuple[int, ...]
    amounts: dict[tuple[int, ...], int]
    otherwise: int


@dataclass
class Model:
    """Attributes with their options, tables of what goes together, and prices."""

    attributes: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    prices: list[PriceTable] = field(default_factory=list)
    base_price: int = 0

    def is_valid(self, design):
        """Whether a design (an option index per attribute) meets every table."""
        return all(
            (tuple(design[attribute] for attribute in table.scope) in table.lookup) == table.allowed
            for table in self.tables
        )

    def price(self, design):
        """What a design costs."""
        return self.base_price + sum(
            price.amounts.get(tuple(design[attribute] for attribute in price.scope), price.otherwise)
            for price in self.prices
        )


def read_xcsp(rules, prices=None):
    """The model in an XCSP 2.1 file of extension constraints, with the weighted relations of a second file."""
    root = ElementTree.parse(rules).getroot()
    domains = {
        domain.get("name"): expand(domain.text) for domain in root.find("domains").findall("domain")
    }
    model = Model()
    for variable in root.find("variables").findall("variable"):
        model.attributes.append(variable.get("name"))
        model.options.append(domains[variable.get("domain")])
    numbers = {name: index for index, name in enumerate(model.attributes)}
    codes = [{value: index for index, value in enumerate(options)} for options in model.options]

    relations = {relation.get("name"): relation for relation in root.find("relations").findall("relation")}
    for constraint in root.find("constraints").findall("constraint"):
        relation = relations[constraint.get("reference")]
        scope = tuple(numbers[name] for name in constraint.get("scope").split())
        rows = [row for _, row in tuples(relation.text, scope, codes)]
        allowed = relation.get("semantics") == "supports"
        model.tables.append(Table(constraint.get("name"), scope, rows, allowed))

    if prices is not None:
        root = ElementTree.parse(prices).getroot()
        relations = {relation.get("name"): relation for relation in root.find("relations").findall("relation")}
        constraints = root.find("constraints")
        model.base_price = int(constraints.get("initialCost", 0))
        for constraint in constraints.findall("constraint"):
            relation = relations[constraint.get("reference")]
            scope = tuple(numbers[name] for name in constraint.get("scope").split())
            amounts = {row: cost for cost, row in tuples(relation.text, scope, codes)}
            otherwise = int(relation.get("defaultCost", 0))
            model.prices.append(PriceTable(constraint.get("name"), scope, amounts, otherwise))
    return model


def expand(text):
    """The values of a domain, in which `1..3` stands for 1 2 3."""
    values = []
    for word in text.split():
        if ".." in word:
            first, last = word.split("..")
            values.extend(str(number) for number in range(int(first), int(last) + 1))
        else:
            values.append(word)
    return values


def tuples(text, scope, codes):
    """Cost and value indexes of each tuple; a cost stays in force until the next one is named.

    Tuples with a value outside its variable's domain can never be met and are left out.
    """
    cost = 0
    for part in (text or "").split("|"):
        if ":" in part:
            before, part = part.split(":")
            cost = int(before)
        row = tuple(codes[attribute].get(word) for attribute, word in zip(scope, part.split()))
        if len(row) == len(scope) and None not in row:
            yield cost, row


@dataclass
class Clauses:
    """A formula in conjunctive normal form; literals are as in DIMACS."""

    variables: int
    clauses: list[list[int]]
    names: dict[int, str]


def read_dimacs(path):
    """The formula in a DIMACS file; lines `c N name` name its variables."""
    variables, clauses, names, literals = 0, [], {}, []
    for line in Path(path).read_text(encoding="utf-8", errors="replace").splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] == "c":
            if len(words) >= 3 and words[1].rstrip("$").isdigit():
                names[int(words[1].rstrip("$"))] = " ".join(words[2:])
        elif words[0] == "p":
            variables = int(words[2])
        else:
            for literal in map(int, words):
                if literal:
                    literals.append(literal)
                else:
                    clauses.append(literals)
                    literals = []
    return Clauses(variables, clauses, names)
