"""Where a law file can be changed for tools/mutate_law: reads the XML as text, so that each change has its exact place."""
import dataclasses
import html
import re
from datetime import date, timedelta

MARKUP = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^>]*>", re.S)
ATTRIBUTE = re.compile(r'([\w-]+)\s*=\s*"([^"]*)"')
LOGIC = {"when", "unless", "who", "define", "relevant", "from-when", "displaced", "suspended", "prohibited", "delegated", "discharged", "people",
         "start", "until", "extended-when", "ended-when", "on-change", "at-place", "at", "each", "highest", "amount", "set", "channel", "item"}
OWNERS = ("obligation", "define", "presumption", "recipients")
PERIODS = {"amount", "every", "cap", "then", "lead", "window", "cut-off"}
NUMBERS = {"month", "day", "years-after", "days-after-year-end"}
MODIFIERS = {"unless", "displaced", "suspended", "prohibited", "delegated", "discharged", "extended-when"}
UNITS = {"minutes": "hours", "hours": "days", "days": "hours", "working days": "days", "weeks": "days", "months": "weeks", "years": "months"}
OPERATORS = {"at least": ("more than", "at most"), "at most": ("fewer than", "at least"), "more than": ("at least", "fewer than"),
             "fewer than": ("at most", "more than"), "less than": ("at most", "more than"), "at or before": ("before", "at or after"),
             "at or after": ("after", "at or before"), "before": ("at or before", "after"), "after": ("at or after", "before")}
DAY = r"\d{4}-\d\d-\d\d"
DATE = re.compile(rf"(?<![\w-]){DAY}(?![\d-])")
CLOCK_TIME = re.compile(r"(?<![\w:T+-])\d\d:\d\d(?![\w:])")
NUMBER = re.compile(r"(?<![\w.:+-])\d+(?:\.\d+)?(?![\w.:-]*[\w:-])")
OPERATOR = re.compile(r"\b(at least|at most|more than|fewer than|less than|at or before|at or after|before|after)\b(?!\s+\d+\s+of\s*\()")
UNIT = re.compile(r"(?<=\d )(?<!\b0 )(working days|minutes|hours|days|weeks|months|years)\b")
MONEY = re.compile(r"\b(EUR|USD|GBP|SGD|AUD|CAD|CHF|JPY)(?= \d)")
SHARE = re.compile(r"(?<=\d) ?%")


@dataclasses.dataclass(frozen=True)
class Mutant:
    kind: str
    owner: str       # obligation and version, definition, presumption or hold rule
    line: int
    begin: int
    end: int
    new: str
    old_words: str   # the place with the words beside it
    new_words: str


@dataclasses.dataclass(frozen=True)
class Example:
    begin: int
    end: int
    name: str
    duties: frozenset


@dataclasses.dataclass
class Element:
    name: str
    attributes: dict          # name: (value, begin of the value)
    begin: int
    body: int                 # where the start tag ends
    parent: object
    owner: str
    end: int = 0
    texts: list = dataclasses.field(default_factory=list)


def flat(text):
    return re.sub(r"\s+", " ", text).strip()


class LawFile:
    def __init__(self, path):
        self.text = path.read_text(encoding="utf-8")
        self.elements = []
        self._read()
        self.examples = [self._example(element) for element in self.elements if element.name == "example"]
        self._uses = None

    def _read(self):
        stack, at = [], 0
        for match in MARKUP.finditer(self.text):
            if stack and match.start() > at:
                stack[-1].texts.append((at, match.start()))
            at = match.end()
            tag = match.group()
            if tag.startswith(("<!", "<?")):
                continue
            if tag.startswith("</"):
                stack.pop().end = match.end()
                continue
            name = re.match(r"<([\w:-]+)", tag).group(1)
            attributes = {m.group(1): (m.group(2), match.start() + m.start(2)) for m in ATTRIBUTE.finditer(tag)}
            parent = stack[-1] if stack else None
            element = Element(name, attributes, match.start(), match.end(), parent, self._owner(name, attributes, parent), match.end())
            self.elements.append(element)
            if not tag.endswith("/>"):
                stack.append(element)

    @staticmethod
    def _owner(name, attributes, parent):
        value = lambda key: attributes.get(key, ("", 0))[0]
        if name in OWNERS and value("id"):
            return value("id")
        if name == "hold-rule":
            return "hold " + value("kind")
        if name == "instance":
            return "instance " + value("place")
        if name == "version" and value("from"):
            return f"{parent.owner} from {value('from')}"
        return parent.owner if parent is not None else "law"

    def _example(self, element):
        text = self.text[element.begin:element.end]
        duties = {duty.split("@")[0] for named in re.findall(r'\bduty="([^"]+)"', text) for duty in named.split()}
        if element.parent is not None and element.parent.name == "obligation":
            duties.add(element.parent.owner)
        return Example(element.begin, element.end, html.unescape(element.attributes.get("name", ("", 0))[0]), frozenset(duties))

    def inside_example(self, element):
        while element is not None:
            if element.name == "example":
                return True
            element = element.parent
        return False

    def filled_in_logic(self, element):
        """Whether a `set` fills a condition, term, period or number of its template, and not only citations and titles."""
        wanted = f"$({element.attributes['name'][0]})"
        template = next(one for one in self.elements if one.name == "template" and one.attributes["id"][0] == element.parent.attributes["of"][0])
        for one in self.elements:
            if not template.begin < one.begin < template.end:
                continue
            if one.name in LOGIC and any(wanted in self.text[begin:end] for begin, end in one.texts):
                return True
            if any(wanted in value for name, (value, _) in one.attributes.items() if name in PERIODS | NUMBERS):
                return True
        return False

    def proposed(self, element):
        """Law that is only proposed is not evaluated, so that no example can speak of it."""
        while element is not None:
            if element.attributes.get("status", ("", 0))[0] == "proposed":
                return True
            element = element.parent
        return False

    def _users(self):
        """For each definition and obligation: the obligations whose text names it, through definitions too."""
        bodies = {}
        for element in self.elements:
            if element.name in OWNERS and element.attributes.get("id", ("", 0))[0]:
                bodies[element.owner] = (element.name, self._law_text(element))
        names = {owner: set(re.findall(r"[\w.-]+", text)) & set(bodies) for owner, (_, text) in bodies.items()}
        users = {}
        for wanted in bodies:
            found, pending = {wanted}, [wanted]
            while pending:
                one = pending.pop()
                for owner, named in names.items():
                    if one in named and owner not in found:
                        found.add(owner)
                        pending.append(owner)
            users[wanted] = {one for one in found if bodies[one][0] == "obligation"}
        return users

    def _law_text(self, element):
        parts, at = [], element.begin
        for example in sorted((e for e in self.examples if element.begin <= e.begin < element.end), key=lambda e: e.begin):
            parts.append(self.text[at:example.begin])
            at = example.end
        return "".join(parts) + self.text[at:element.end]

    def examples_about(self, owner):
        if self._uses is None:
            self._uses = self._users()
        duties = self._uses.get(owner.split(" from ")[0])
        if duties is None:
            return set(range(len(self.examples)))
        # An obligation of a template is told of by its instances: `x.warning.$(c)` by `x.warning.de`.
        known = re.compile("|".join(".+".join(re.escape(part) for part in re.split(r"\$\(\w+\)", duty)) + (r"(\.[\w-]+)?" if "$(" in duty else "") for duty in sorted(duties)) or "(?!)")
        return {i for i, example in enumerate(self.examples) if any(known.fullmatch(duty) for duty in example.duties)}

    def _keeping(self, text, examples, shift_from=None, shift=0):
        parts, at = [], 0
        for i, example in enumerate(self.examples):
            if i in examples:
                continue
            moved = shift if shift_from is not None and example.begin >= shift_from else 0
            begin, end = example.begin + moved, example.end + moved
            parts += [text[at:begin], "\n" * text.count("\n", begin, end)]
            at = end
        return "".join(parts) + text[at:]

    def without_examples(self):
        return self._keeping(self.text, set())

    def changed(self, mutant, examples):
        text = self.text[:mutant.begin] + mutant.new + self.text[mutant.end:]
        return self._keeping(text, examples, mutant.end, len(mutant.new) - (mutant.end - mutant.begin))

    def mutant(self, kind, element, begin, end, new, words=None):
        low = max(0, begin - 34) if words is None else begin
        before, after = self.text[low:begin], self.text[end:end + 14]
        before, after = re.split(r"[<>\"\n]", before)[-1], re.split(r"[<>\"\n]", after)[0]
        old = self.text[begin:end]
        old_words = flat(before + old + after) if words is None else words[0]
        new_words = flat(before + new + after) if words is None else words[1]
        return Mutant(kind, element.owner, self.text.count("\n", 0, begin) + 1, begin, end, new, html.unescape(old_words), html.unescape(new_words))


def moved_day(text, days):
    return (date.fromisoformat(text) + timedelta(days=days)).isoformat()


def moved_time(text, minutes):
    total = (int(text[:2]) * 60 + int(text[3:]) + minutes) % 1440
    return f"{total // 60:02}:{total % 60:02}"


def neighbours(number):
    if "." in number:
        places = len(number.split(".")[1])
        step = 10 ** -places
        return [f"{float(number) + step:.{places}f}", f"{float(number) - step:.{places}f}"]
    return [str(int(number) + 1)] + ([str(int(number) - 1)] if int(number) > 0 else [])


def in_text(law, element, begin, end):
    """Changes inside a condition, a term or a period; what an instance fills is changed there."""
    text = re.sub(r"\$\(\w+\)", lambda hole: "_" * len(hole.group()), law.text[begin:end])
    make = lambda kind, match, new: law.mutant(kind, element, begin + match.start(), begin + match.end(), new)
    taken = []
    for match in DATE.finditer(text):
        taken.append(match.span())
        for days in (1, -1):
            yield make("date", match, moved_day(match.group(), days))
    for match in CLOCK_TIME.finditer(text):
        taken.append(match.span())
        for minutes in (1, -1):
            yield make("number", match, moved_time(match.group(), minutes))
    for match in NUMBER.finditer(text):
        if not any(low <= match.start() < high for low, high in taken):
            for new in neighbours(match.group()):
                yield make("number", match, new)
    for match in OPERATOR.finditer(text):
        for new in OPERATORS[match.group()]:
            yield make("operator", match, new)
    for match in UNIT.finditer(text):
        yield make("unit", match, UNITS[match.group()])
    for match in MONEY.finditer(text):
        yield make("unit", match, "USD" if match.group() != "USD" else "EUR")
    for match in SHARE.finditer(text):
        yield make("unit", match, "")


def in_attributes(law, element):
    for name, (value, at) in element.attributes.items():
        if "$(" in value:
            continue
        if name in PERIODS:
            yield from in_text(law, element, at, at + len(value))
        elif name in NUMBERS and value.isdigit():
            for new in neighbours(value):
                yield law.mutant("number", element, at, at + len(value), new, (f"{name} {value}", f"{name} {new}"))
        elif name in ("from", "until") and element.name in ("version", "instance") and DATE.fullmatch(value):
            for days in (1, -1):
                new = moved_day(value, days)
                yield law.mutant("date", element, at, at + len(value), new, (f"{name} {value}", f"{name} {new}"))
        elif name == "default" and element.name == "presumption":
            new = "no" if value == "yes" else "yes"
            yield law.mutant("exception", element, at, at + len(value), new, (f"default {value}", f"default {new}"))


def label(element):
    named = element.attributes.get("id") or element.attributes.get("provision") or ("", 0)
    return flat(f"{element.name} {named[0]}")


def exceptions(law, element):
    if element.name == "hold-rule":
        yield law.mutant("exception", element, element.begin, element.end, "", (label(element) or element.owner, "dropped"))
    if element.name not in MODIFIERS:
        return
    if element.name != "discharged":
        yield law.mutant("exception", element, element.begin, element.end, "", (label(element), "dropped"))
    for begin, end in element.texts:
        if law.text[begin:end].strip():
            yield law.mutant("exception", element, begin, end, f"not ({law.text[begin:end]})", (label(element), "turned round"))


def recipients(law, element, authorities):
    if element.name != "to":
        return
    named = next((element.attributes[key][0] for key in ("authority", "competence", "who", "relation") if key in element.attributes), "")
    if "as" in element.parent.attributes or sum(other.name == "to" and other.parent is element.parent for other in law.elements) > 1:
        yield law.mutant("recipient", element, element.begin, element.end, "", (f"to {named}", "dropped"))
    if "authority" in element.attributes:
        value, at = element.attributes["authority"]
        here = [one for one in authorities if one != value and one.split(".")[0] == value.split(".")[0]] or [one for one in authorities if one != value]
        if here and "$(" not in value:
            yield law.mutant("recipient", element, at, at + len(value), here[0], (f"to {value}", f"to {here[0]}"))
    if "who" in element.attributes:
        value, at = element.attributes["who"]
        new = "media" if value != "media" else "individuals"
        yield law.mutant("recipient", element, at, at + len(value), new, (f"to {value}", f"to {new}"))


def mutants_of(law, authorities):
    """Every change of law in force, in the order of the file."""
    found = []
    for element in law.elements:
        if law.inside_example(element) or law.proposed(element):
            continue
        found += in_attributes(law, element)
        found += exceptions(law, element)
        found += recipients(law, element, authorities)
        if element.name == "set" and not law.filled_in_logic(element):
            continue
        if element.name in LOGIC and not (element.name in ("item", "channel") and element.attributes.get("mode")):
            for begin, end in element.texts:
                found += in_text(law, element, begin, end)
    return sorted(found, key=lambda one: one.begin)
