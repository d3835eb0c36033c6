"""Puts what was measured in tables: the bars with what was reached, then each measurement beside the peers."""

BEGIN, END = "<!-- bench-engine -->", "<!-- /bench-engine -->"
NAMES = {
    "configurator": "configurator",
    "wasm": "configurator in WebAssembly",
    "solver": "configurator, by its solver",
    "sat": "python-sat, every open option asked",
    "sat-recycled": "python-sat, designs found recycled",
    "clingo": "clingo, brave consequences",
    "cp-sat": "OR-tools CP-SAT, price bounds by option",
}


def replace_section(path, text, begin=BEGIN, end=END):
    """Puts the section in the file between its markers, or at the end when they aren't there."""
    old = path.read_text(encoding="utf-8") if path.exists() else "# Results\n"
    block = f"{begin}\n{text}\n{end}\n"
    if begin in old and end in old:
        head, rest = old.split(begin, 1)
        new = head + block + rest.split(end, 1)[1].lstrip("\n")
    else:
        new = old.rstrip("\n") + "\n\n" + block
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(new, encoding="utf-8")


def section(results, machine, seconds):
    """The whole section as Markdown."""
    return "\n\n".join(
        [
            "## Engine",
            f"`{machine['command']}` (`make bench-engine`), {machine['date']}, commit {machine['commit']} of the scripts, "
            f"{machine['processor']}, "
            f"{machine['cores']} cores, load {machine['load']:.1f} at the start. One process at a time, one thread each. "
            f"A peer walks for {seconds:.0f} s on a file at most, or as many walks as the engine. Times of the peers "
            "are taken inside their Python process, around the call that brings the menu. Compile times are the fastest of "
            "three, or of one beyond 5 s; everything else ran once. `Best peer` has the lowest time for its own kind of "
            "menu, which says less than ours: see the table of menus.",
            table(["bar", "wanted", "reached", "best peer", ""], bars(results)),
            "### Menus: time for each choice of a random shopper",
            "The engine's menu has every option's availability, lowest and highest total and number of completions (in a pass of "
            "its own where there are 2⁶⁴ designs or more); its solver's has availability, and bounds of totals and completions; "
            "python-sat's and clingo's only the availability, CP-SAT's availability and totals. Same way of choosing "
            "everywhere; the peers walk the very same walks (`same ends` compares where they led).",
            table(["file", "who", "walks", "choices", "dead ends", "p50", "p95", "most", "same ends"], menus(results)),
            "### Demo products in WebAssembly",
            "An artifact is all that a page loads of a product: diagram, product and drawings. A walk asks for what the walks above "
            "ask for, by the diagram that a shop sends; the first hundred questions of it are also told apart, since a browser's "
            "quick compiler made the code that answers them. Of three walks the one with the middle 95th percentile stands here. A page's menu has the design nearest to the defaults, its quote, "
            "what each option does to the price and, for what is blocked, the reason: choices and rules in words. The "
            "size in the page's WebAssembly is what a module grows by that reads products (their rules, too) when it also "
            "reads diagrams and gives menus, reasons and repairs; all of that module is "
            f"{results['size'].get('whole', 0) / 1000:.0f} KB.",
            table(["product", "diagram", "artifact", "p50 of a walk", "p95", "p50 of the first 100", "p50 of a page's menu", "p95"],
                  products(results)),
            "### Counts",
            table(["file", "digits", "configurator", "pyganak"], counts(results)),
            "### Compiling and price range",
            f"The generated range: {results['shape']}; number of designs: {whole(results['generated count'])}.",
            table(["file", "prices", "seconds", "nodes", "arcs", "bytes", "engine"], compiled(results)),
            table(["file", "configurator", "OR-tools CP-SAT"], ranges(results)),
            "### Explanations",
            explanations(results["explanations"]),
        ]
    )


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def duration(microseconds):
    if microseconds is None:
        return "–"
    for limit, unit, size in [(1000, "µs", 1), (1e6, "ms", 1e3)]:
        if microseconds < limit:
            return f"{microseconds / size:.3g} {unit}"
    return f"{microseconds / 1e6:.3g} s"


def whole(answer):
    """A count as text: all digits when few."""
    if "count" not in answer:
        return answer.get("error", "–")
    digits = answer["count"]
    return digits if len(digits) <= 24 else f"{digits[0]}.{digits[1:4]}e{len(digits) - 1}"


def is_true_count(row, answer):
    """Whether a count is that of the ground truth, of which only some digits and a remainder are kept when it's long."""
    count, truth = answer.get("count"), row["models"]
    if count is None:
        return False
    if "..." not in truth:
        return count == truth
    remainder = int(truth.rsplit(":", 1)[1])
    first = truth.split("...", 1)[0]
    return len(count) == int(row["digits"]) and count.startswith(first) and int(count) % 1_000_000_007 == remainder


def verdict(reached, limit):
    """Whether at most `limit` was reached, or by how much not."""
    if reached is None:
        return "no answer"
    return "met" if reached <= limit else f"missed by ×{reached / limit:.2g}"


def bars(results):
    ranges = results["ranges"]
    rows = []

    exact = [row for row in results["counts"] if row["stretch"] == "no"]
    right = sum(is_true_count(row, row["configurator"]) for row in exact)
    peer = sum(is_true_count(row, row["pyganak"]) for row in exact)
    rows.append(["counts, not stretch", f"{len(exact)} exact", right, f"pyganak {peer}", said(exact[0]["configurator"], right == len(exact))])

    for name, low, high in [("small", 5897, 11986), ("medium", 5843, 11420)]:
        ours, cp = (ranges[name]["range"][who] for who in ("configurator", "cp-sat"))
        rows.append(
            [f"price range, {name}", f"{low}…{high}", span(ours), f"CP-SAT {span(cp)}", said(ours, (ours["min"], ours["max"]) == (low, high))]
        )

    for name, limit in [("small", 0.1), ("medium", 0.2), ("generated", 60)]:
        for kind, allowed in [("compile", limit), ("compile with prices", limit if name == "generated" else 5 * limit)]:
            if name == "generated" and kind == "compile":
                continue
            answer = ranges[name][kind]
            rows.append([f"{kind}, {name}", f"≤ {allowed:g} s", seconds(answer), "–", checked(answer, "seconds", allowed)])
    answer = ranges["generated"]["compile with prices"]
    rows.append(["arcs with prices, generated", "≤ 487 000", answer.get("arcs", problem(answer)), "–", checked(answer, "arcs", 487_000)])

    for name, native, wasm in [("small", 100, 200), ("medium", 100, 200), ("generated", 15_000, 25_000)]:
        walks = ranges[name]["walks"]
        for who, limit in [("configurator", native), ("wasm", wasm)]:
            rows.append(
                [f"p95 per choice, {name}, {'native' if who == 'configurator' else 'WebAssembly'}", f"≤ {duration(limit)}",
                 p95(walks[who]), best(walks), checked(walks[who], "p95_us", limit)]
            )

    for name, found in results["products"].items():
        artifact, walk = found.get("artifact", found), found.get("walk", found)
        rows.append([f"artifact, {name}", "≤ 60 KB brotli", packed(artifact), "–", verdict_packed(artifact)])
        rows.append([f"p95 per choice, {name}, WebAssembly", "≤ 50 µs", p95(walk), "–", checked(walk, "p95_us", 50)])
    rows.append(walks_bar([ranges[name]["walks"]["configurator"] for name in ("small", "medium")]))
    rows.append(explanations_bar(results["explanations"]))

    for name, found in results["large"].items():
        for who, how in [("solver", "fallback"), ("configurator", "compiled")]:
            rows.append([f"{how}, {name}, p95 per choice", "≤ 100 ms", p95(found[who]), best(found), checked(found[who], "p95_us", 100_000)])
    for row in results["counts"]:
        if row["stretch"] == "yes":
            right = is_true_count(row, row["configurator"])
            rows.append([f"stretch, {short(row['file'])}", "counted", counted(row, row["configurator"]), f"pyganak {counted(row, row['pyganak'])}", said(row["configurator"], right)])
    rows.append(["size in the page's WebAssembly", "≤ 60 KB brotli", packed(results["size"]), "–", verdict_packed(results["size"])])
    return rows


def packed(answer):
    return f"{answer['brotli'][0] / 1000:.1f} KB" if "brotli" in answer else problem(answer)


def verdict_packed(answer):
    return verdict(answer["brotli"][0], 60_000) if "brotli" in answer else "–"


def walks_bar(walked):
    """Dead ends and invalid ends; that ends are valid counts only where it is told."""
    row = ["10 000 walks, small and medium", "no dead end, all valid"]
    if any("error" in walk for walk in walked):
        return [*row, problem(next(walk for walk in walked if "error" in walk)), "–", "no answer"]
    dead_ends = sum(walk["dead_ends"] for walk in walked)
    if any("invalid" not in walk for walk in walked):
        return [*row, f"{dead_ends} dead ends; validity not told", "–", "not shown"]
    invalid = sum(walk["invalid"] for walk in walked)
    reached = f"{dead_ends} dead ends, {invalid} invalid by its own evaluation"
    return [*row, reached, "–", "missed" if dead_ends or invalid else "met"]


def explanations_bar(answer):
    row = [f"explanations, {answer.get('questions', 500)} blocked options", "all minimal, repairs optimal"]
    if "error" in answer:
        return [*row, problem(answer), "–", "no answer"]
    worst = max(answer["failed"].values())
    untold = answer["questions"] - answer["with_rules"]
    reached = f"{worst} failed" + (f"; {untold} name no rules" if untold else "")
    full = answer["questions"] >= 500
    judged = "missed" if worst else "partly: rules not shown" if untold else "met" if full else "met on fewer"
    return [*row, reached, "judged by python-sat and CP-SAT", judged]


def said(answer, met):
    return "no answer" if "error" in answer else "met" if met else "missed"


def checked(answer, key, limit):
    if answer.get("error") in ("not measured", "not built"):
        return "–"
    return verdict(answer.get(key), limit)


def problem(answer):
    return answer.get("error", "–")


def seconds(answer):
    return f"{answer['seconds']:.3g} s" if "seconds" in answer else problem(answer)


def span(answer):
    return problem(answer) if "error" in answer else f"{answer['min']}…{answer['max']}"


def p95(answer):
    return problem(answer) if answer.get("p95_us") is None else duration(answer["p95_us"])


def best(walks):
    """The peer with the lowest 95th percentile."""
    names = {"sat": "python-sat", "sat-recycled": "python-sat", "clingo": "clingo", "cp-sat": "CP-SAT"}
    found = [(walks[peer]["p95_us"], name) for peer, name in names.items() if walks.get(peer, {}).get("p95_us")]
    return f"{min(found)[1]} {duration(min(found)[0])}" if found else "–"


def short(path):
    return path.removesuffix("/rules.xml").removesuffix(".dimacs").rsplit("/", 1)[-1]


def menus(results):
    found = {name: measured["walks"] for name, measured in results["ranges"].items()} | {
        name: {who: answer for who, answer in measured.items() if who != "compile"}
        for name, measured in results["large"].items()
    }
    for name, walks in found.items():
        ends = {who: answer.get("ends") for who, answer in walks.items() if answer.get("ends")}
        for who, answer in walks.items():
            if "error" in answer:
                yield [name, NAMES[who], answer["error"], *["–"] * 6]
                continue
            others = [other[: len(ends[who])] == ends[who][: len(other)] for peer, other in ends.items() if who in ends and peer != who]
            same = "–" if not others else "yes" if all(others) else "no"
            yield [name, NAMES[who], answer.get("walks", "–"), answer["choices"], answer["dead_ends"],
                   *(duration(answer[key]) for key in ("p50_us", "p95_us", "max_us")), same]


def products(results):
    for name, found in results["products"].items():
        if "error" in found:
            yield [name, found["error"], *["–"] * 6]
            continue
        sizes = [packed(found[what]) for what in ("diagram", "artifact")]
        asked = [("walk", "p50_us"), ("walk", "p95_us"), ("walk", "first_us"), ("page", "p50_us"), ("page", "p95_us")]
        times = [duration(found[task].get(key)) for task, key in asked]
        yield [name, *sizes, *times]


def counted(row, answer):
    if "error" in answer:
        return answer["error"]
    return f"{'exact' if is_true_count(row, answer) else 'WRONG'}, {answer.get('seconds', answer['wall']):.2g} s"


def counts(results):
    for row in results["counts"]:
        yield [short(row["file"]) + (" (stretch)" if row["stretch"] == "yes" else ""), row["digits"],
               counted(row, row["configurator"]), counted(row, row["pyganak"])]


def compiled(results):
    for name, measured in results["ranges"].items():
        for kind, prices in [("compile", "without"), ("compile with prices", "with")]:
            yield compiled_row(name, prices, measured[kind])
    for name, measured in results["large"].items():
        yield compiled_row(name, "without", measured["compile"])


def compiled_row(name, prices, answer):
    if "error" in answer:
        return [name, prices, answer["error"], *["–"] * 4]
    return [name, prices, f"{answer['seconds']:.3g}", *(answer.get(key, "–") for key in ("nodes", "arcs", "bytes", "engine"))]


def ranges(results):
    for name, measured in results["ranges"].items():
        ours, cp = measured["range"]["configurator"], measured["range"]["cp-sat"]
        yield [name, span(ours), span(cp) + (f", {cp['seconds']:.2g} s" if "seconds" in cp else "")]


def explanations(answer):
    if "error" in answer:
        return f"{answer['error']}."
    lines = [f"{answer['questions']} random blocked options of small and medium; {answer['with_rules']} answers name rules."]
    failed = [
        [check, "not checked" if check.startswith("rules") and not answer["with_rules"] else count]
        for check, count in answer["failed"].items()
    ]
    lines.append(table(["check", "failed"], failed))
    return "\n\n".join(lines)
