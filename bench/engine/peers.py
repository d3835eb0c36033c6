"""Asks the peers the questions that the engine is asked, on the same files.

    peers.py count FILE                          pyganak
    peers.py range RULES PRICES                  OR-tools CP-SAT
    peers.py walk PEER FILE [--prices PRICES] [--walks N] [--seed S] [--seconds T]
                                                 PEER: sat, sat-recycled, clingo, cp-sat

Each prints one line of JSON. A walk is a random shopper: choose an undecided attribute and one of its available
options, both at random, get the new menu, until everything is decided. What is timed is getting the new menu.
Choosing goes by a seed and the menus alone, so peers that agree on the menus walk the same walks.
"""

import argparse
import hashlib
import json
import random
import time

from encode import PricedModel, read_problem
from read import read_xcsp


class SatMenus:
    """python-sat: an incremental solver asked about each option that was open before, under the choices as assumptions.

    The menu before any choice, which isn't timed, is made with `recycle`. That makes the most of a SAT solver: options that propagation excludes aren't asked about, nor are those in a
    design found on the way, and the solver is steered towards options not seen yet.
    """

    def __init__(self, problem, recycle):
        from pysat.solvers import Solver

        self.problem, self.recycle = problem, recycle
        self.solver = Solver(name="glucose4", bootstrap_with=problem.clauses)

    def menu(self, choices, opened):
        """The options each attribute has left under choices; `opened` are those it had before them."""
        assumptions = [self.problem.literals[attribute][value] for attribute, value in choices]
        if choices and not self.recycle:
            return [
                [value for value in values if len(values) == 1 or self.solver.solve(assumptions + [row[value]])]
                for row, values in zip(self.problem.literals, opened)
            ]
        implied = set(self.solver.propagate(assumptions)[1])
        unknown = {
            row[value]
            for row, values in zip(self.problem.literals, opened)
            for value in values
            if -row[value] not in implied
        }
        available = set()
        self.solver.set_phases(sorted(unknown, key=abs))
        if self.solver.solve(assumptions):
            available.update(unknown.intersection(self.solver.get_model()))
            unknown -= available
        while unknown:
            literal = min(unknown, key=abs)
            self.solver.set_phases(sorted(unknown, key=abs))
            if self.solver.solve(assumptions + [literal]):
                found = unknown.intersection(self.solver.get_model())
                available |= found
                unknown -= found
            else:
                unknown.discard(literal)
        return [
            [value for value in values if row[value] in available]
            for row, values in zip(self.problem.literals, opened)
        ]


class AnswerSetMenus:
    """clingo: the brave consequences under the choices as assumptions are the available options, in one call."""

    def __init__(self, problem):
        from clingo import Control, Function, Number

        self.problem = problem
        self.control = Control(["--models=0", "--enum-mode=brave", "--warn=none"])
        with self.control.backend() as backend:
            atoms = [backend.add_atom() for _ in range(problem.variables)]
            backend.add_rule(atoms, choice=True)
            self.options = [
                [
                    backend.add_atom(Function("option", [Number(attribute), Number(value)]))
                    for value in range(len(row))
                ]
                for attribute, row in enumerate(problem.literals)
            ]
            for row, options in zip(problem.literals, self.options):
                for literal, option in zip(row, options):
                    backend.add_rule([option], [self.atom(atoms, literal)])
            for clause in problem.clauses:
                backend.add_rule([], [-self.atom(atoms, literal) for literal in clause])

    @staticmethod
    def atom(atoms, literal):
        return atoms[literal - 1] if literal > 0 else -atoms[-literal - 1]

    def menu(self, choices, opened):
        """The options each attribute has left under choices."""
        found = [[] for _ in opened]
        assumptions = [self.options[attribute][value] for attribute, value in choices]
        with self.control.solve(assumptions=assumptions, yield_=True) as handle:
            last = None
            for model in handle:
                last = model.symbols(shown=True)
        for symbol in last or []:
            found[symbol.arguments[0].number].append(symbol.arguments[1].number)
        return [sorted(values) for values in found]


class BoundMenus:
    """OR-tools CP-SAT: the lowest and the highest price of a design with each option that was open before.

    The menu before any choice, which isn't timed, is python-sat's: here it alone takes a minute or hours.
    """

    def __init__(self, problem, rules, prices):
        self.first = SatMenus(problem, recycle=True)
        self.priced = PricedModel(read_xcsp(rules, prices))

    def menu(self, choices, opened):
        """The options each attribute has left under choices; what each costs at least and at most is in `bounds`."""
        if not choices:
            return self.first.menu(choices, opened)
        found, self.bounds, chosen = [], {}, dict(choices)
        self.priced.restrict(choices)
        whole = (self.priced.lowest(self.priced.price), self.priced.highest(self.priced.price))
        for attribute, values in enumerate(opened):
            if attribute in chosen:
                values = [chosen[attribute]]
            left = []
            for value in values:
                bounds = whole
                if len(values) > 1:
                    self.priced.restrict([*choices, (attribute, value)])
                    bounds = self.priced.lowest(self.priced.price), None
                    if bounds[0] is not None:
                        bounds = bounds[0], self.priced.highest(self.priced.price)
                if bounds[0] is not None:
                    left.append(value)
                    self.bounds[attribute, value] = bounds
            found.append(left)
        return found


def walk(problem, menus, walks, seed, seconds):
    """Times random shoppers until the walks or the seconds are over; `ends` tells where each walk that finished led."""
    chance = random.Random(seed)
    times, dead_ends, invalid, designs = [], 0, 0, []
    untouched = menus.menu([], [list(range(len(row))) for row in problem.literals])
    deadline = time.perf_counter() + seconds
    for _ in range(walks):
        opened, choices = untouched, []
        while undecided := [attribute for attribute, values in enumerate(opened) if len(values) > 1]:
            attribute = chance.choice(undecided)
            choices.append((attribute, chance.choice(opened[attribute])))
            before = time.perf_counter()
            opened = menus.menu(choices, opened)
            times.append(time.perf_counter() - before)
            if not all(opened):
                dead_ends += 1
                break
            if time.perf_counter() > deadline:
                break
        else:
            design = [values[0] for values in opened]
            invalid += not problem.is_valid(design)
            designs.append(hashlib.sha256(repr((choices, design)).encode()).hexdigest()[:16])
        if time.perf_counter() > deadline:
            break
    times.sort()
    return {
        "walks": len(designs),
        "ends": designs,
        "choices": len(times),
        "dead_ends": dead_ends,
        "invalid": invalid,
        "p50_us": percentile(times, 0.50),
        "p95_us": percentile(times, 0.95),
        "max_us": percentile(times, 1),
    }


def percentile(times, share):
    """The nearest-rank percentile of sorted seconds, in whole microseconds."""
    if not times:
        return None
    rank = max(1, -(-len(times) * share // 1))
    return round(times[int(rank) - 1] * 1e6)


def count(path):
    """The number of solutions, and the seconds it took from the clauses on."""
    import pyganak

    problem = read_problem(path)
    before = time.perf_counter()
    counter = pyganak.Counter()
    counter.new_vars(problem.variables)
    counter.add_clauses(problem.clauses)
    return {"count": str(counter.count()), "seconds": time.perf_counter() - before}


def price_range(rules, prices):
    """The lowest and the highest price of a valid design, and the seconds both took from the built model on."""
    priced = PricedModel(read_xcsp(rules, prices))
    before = time.perf_counter()
    lowest, highest = priced.lowest(priced.price), priced.highest(priced.price)
    return {"min": lowest, "max": highest, "seconds": time.perf_counter() - before}


def menus_of(peer, problem, rules, prices):
    """The peer of this name, ready to be asked."""
    if peer == "clingo":
        return AnswerSetMenus(problem)
    if peer == "cp-sat":
        return BoundMenus(problem, rules, prices)
    return SatMenus(problem, recycle=peer == "sat-recycled")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    counting = commands.add_parser("count")
    counting.add_argument("file")
    ranging = commands.add_parser("range")
    ranging.add_argument("rules")
    ranging.add_argument("prices")
    walking = commands.add_parser("walk")
    walking.add_argument("peer", choices=["sat", "sat-recycled", "clingo", "cp-sat"])
    walking.add_argument("file")
    walking.add_argument("--prices")
    walking.add_argument("--walks", type=int, default=100)
    walking.add_argument("--seed", type=int, default=1)
    walking.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    if given.command == "count":
        answer = count(given.file)
    elif given.command == "range":
        answer = price_range(given.rules, given.prices)
    else:
        problem = read_problem(given.file)
        before = time.perf_counter()
        menus = menus_of(given.peer, problem, given.file, given.prices)
        ready = time.perf_counter() - before
        answer = walk(problem, menus, given.walks, given.seed, given.seconds) | {"ready_seconds": ready}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
