"""Encodings of a model for the peers: clauses for SAT, answer sets and counting, and a CP-SAT model with its price."""

from dataclasses import dataclass, field

from read import Model, read_dimacs, read_xcsp


@dataclass
class Problem:
    """Clauses, and the literal that stands for each option of each attribute."""

    literals: list[list[int]]
    variables: int
    clauses: list[list[int]]
    model: Model | None = None
    # Which of the clauses (first, one behind the last) say what each table says.
    tables: list[tuple[int, int]] = field(default_factory=list)

    def is_valid(self, design):
        """Whether a design (an option index per attribute) meets the rules, judged by the file and not by the clauses."""
        if self.model is not None:
            return self.model.is_valid(design)
        return all(
            any((design[abs(literal) - 1] == 1) == (literal > 0) for literal in clause) for clause in self.clauses
        )


def read_problem(path):
    """The problem in a file: DIMACS when its name ends so, otherwise XCSP."""
    if str(path).endswith(".dimacs"):
        clauses = read_dimacs(path)
        literals = [[-variable, variable] for variable in range(1, clauses.variables + 1)]
        return Problem(literals, clauses.variables, clauses.clauses)
    return encode(read_xcsp(path))


def encode(model):
    """The direct encoding of a model, with as many solutions as the model has designs.

    One variable per option, one in all for attributes with two; two-place tables by the options that support each
    other; longer ones by a variable per tuple. Two tuples of a table differ somewhere and each option excludes its
    attribute's others, so exactly one tuple's variable is true in every solution and nothing is counted twice.
    """
    literals, clauses, spans, count = [], [], [], 0
    for options in model.options:
        if len(options) == 2:
            count += 1
            literals.append([-count, count])
            continue
        row = list(range(count + 1, count + 1 + len(options)))
        count += len(options)
        literals.append(row)
        clauses.append(list(row))
        clauses.extend([-a, -b] for index, a in enumerate(row) for b in row[:index])

    for table in model.tables:
        first = len(clauses)
        count = encode_table(table, [literals[attribute] for attribute in table.scope], clauses, count)
        spans.append((first, len(clauses)))
    return Problem(literals, count, clauses, model, spans)


def encode_table(table, scope, clauses, count):
    """Adds the clauses of one table, whose scope is given as literals; the number of variables used by then."""
    rows = sorted(table.lookup)
    if not table.allowed:
        clauses.extend([-column[value] for column, value in zip(scope, row)] for row in rows)
        return count
    chosen = [[column[value] for column, value in zip(scope, row)] for row in rows]
    if len(scope) == 1:
        clauses.append([row[0] for row in chosen])
        return count
    if len(scope) == 2:
        partners = [[row[1] for row in chosen], [row[0] for row in chosen]]
    else:
        selectors = list(range(count + 1, count + 1 + len(rows)))
        count += len(rows)
        clauses.extend([-selector, literal] for selector, row in zip(selectors, chosen) for literal in row)
        clauses.append(selectors)
        partners = [selectors] * len(scope)
    for position, column in enumerate(scope):
        support = {literal: [] for literal in column}
        for row, partner in zip(chosen, partners[position]):
            support[row[position]].append(partner)
        clauses.extend([-literal, *others] for literal, others in support.items())
    return count


class PricedModel:
    """A CP-SAT model of the rules, with the price of a design as a linear expression.

    The solver runs on one thread, as everything measured here does.
    """

    def __init__(self, model):
        from ortools.sat.python import cp_model

        self.model = model
        self.cp = cp_model.CpModel()
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self.variables, self.literals = [], []
        for options in model.options:
            if len(options) == 2:
                variable = self.cp.new_bool_var("")
                row = [variable.negated(), variable]
            else:
                variable = self.cp.new_int_var(0, len(options) - 1, "")
                row = [self.cp.new_bool_var("") for _ in options]
                self.cp.add_exactly_one(row)
                self.cp.add(variable == sum(index * literal for index, literal in enumerate(row)))
            self.variables.append(variable)
            self.literals.append(row)
        for table in model.tables:
            scope = [self.variables[attribute] for attribute in table.scope]
            if table.allowed:
                self.cp.add_allowed_assignments(scope, table.tuples)
            else:
                self.cp.add_forbidden_assignments(scope, table.tuples)
        self.price = self.price_expression()

    def price_expression(self):
        """The price as a linear expression."""
        total = self.model.base_price
        for price in self.model.prices:
            total += price.otherwise
            for row, amount in price.amounts.items():
                if amount == price.otherwise:
                    continue
                literals = [self.literals[attribute][value] for attribute, value in zip(price.scope, row)]
                met = literals[0]
                if len(literals) > 1:
                    met = self.cp.new_bool_var("")
                    self.cp.add_bool_and(literals).only_enforce_if(met)
                    self.cp.add_bool_or([literal.negated() for literal in literals] + [met])
                total += (amount - price.otherwise) * met
        return total

    def restrict(self, choices):
        """Only designs with these choices (attribute and option indexes) from now on."""
        for variable, options in zip(self.variables, self.model.options):
            self.bound(variable, 0, len(options) - 1)
        for attribute, value in choices:
            self.bound(self.variables[attribute], value, value)

    def bound(self, variable, low, high):
        domain = self.cp.proto.variables[variable.index].domain
        domain.clear()
        domain.extend([low, high])

    def satisfiable(self):
        """Whether any design is left."""
        self.cp.proto.clear_objective()
        return self.run()

    def lowest(self, expression):
        """The least an expression can be; None when no design is left."""
        self.cp.minimize(expression)
        return round(self.solver.objective_value) if self.run() else None

    def highest(self, expression):
        """The most an expression can be; None when no design is left."""
        self.cp.maximize(expression)
        return round(self.solver.objective_value) if self.run() else None

    def run(self):
        status = self.solver.status_name(self.solver.solve(self.cp))
        if status not in ("OPTIMAL", "INFEASIBLE"):
            raise RuntimeError(f"CP-SAT proved nothing: {status}")
        return status == "OPTIMAL"

    def design(self):
        """The design found last."""
        return [
            next(index for index, literal in enumerate(row) if self.solver.boolean_value(literal))
            for row in self.literals
        ]
