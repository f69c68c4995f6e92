"""The table of scores that tools/mutate_law keeps in a page: one row a law file, new rows in place of old ones, the sum last."""
import re

NUMERIC = ("number", "operator", "unit")
GROUPS = (("numbers, operators, units", NUMERIC), ("exceptions", ("exception",)), ("recipients", ("recipient",)), ("dates", ("date",)))
HEAD = ("| law | changes | caught | score | " + " | ".join(name for name, _ in GROUPS) + " | explained |\n"
        "|---|---:|---:|---:|" + "---:|" * (len(GROUPS) + 1) + "\n")
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def row_of(name, caught_and_all, explained):
    """`caught_and_all` for each group of GROUPS; refused changes are caught, unread ones are not there."""
    caught, every = (sum(pair[i] for pair in caught_and_all) for i in (0, 1))
    score = f"{100 * caught / every:.1f} %" if every else "-"
    cells = " | ".join(f"{one} of {all_of_them}" if all_of_them else "-" for one, all_of_them in caught_and_all)
    return f"| {name} | {every} | {caught} | {score} | {cells} | {explained} |\n"


def numbers_of(row):
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    pairs = [tuple(int(number) for number in re.findall(r"\d+", cell)) or (0, 0) for cell in cells[4:4 + len(GROUPS)]]
    return cells[0], pairs, int(cells[-1])


def result_row(name, results, explained):
    """`results`: (mutant, verdict) pairs of one law; `explained`: how many survivors the table of survivors names."""
    pairs = []
    for _, kinds in GROUPS:
        verdicts = [verdict for mutant, verdict in results if mutant.kind in kinds and verdict != "unread"]
        pairs.append((sum(verdict != "survived" for verdict in verdicts), len(verdicts)))
    return row_of(f"`{name}`", pairs, explained)


def put(path, rows, laws):
    """Writes `rows` (by law) between the marks of the page; rows of files that are no longer among `laws` go."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    kept, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{path} has no table: {BEGIN.strip()} and {END.strip()} are missing")
    all_rows = {}
    for line in kept.splitlines(keepends=True):
        if line.startswith("| `"):
            all_rows[line.split("`")[1]] = line
    all_rows.update(rows)
    all_rows = {name: all_rows[name] for name in sorted(all_rows) if name in laws}
    found = [numbers_of(row) for row in all_rows.values()]
    sums = [tuple(sum(pairs[i][j] for _, pairs, _ in found) for j in (0, 1)) for i in range(len(GROUPS))]
    total = row_of("**all**", sums, sum(explained for _, _, explained in found))
    path.write_text(before + BEGIN + HEAD + "".join(all_rows.values()) + total + END + after, encoding="utf-8")
