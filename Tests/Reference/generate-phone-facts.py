#!/usr/bin/python3
"""Writes Sources/WaproCore/Phones/Facts from Debian's python3-phonenumbers.

    Tests/Reference/generate-phone-facts.py Sources/WaproCore/Phones/Facts

Only facts are taken: which digits a country's numbers begin with, how long they are, what is dialled before them at home, and
the time zones of prefixes. The library's patterns are turned into automata and asked; none of them is copied.
"""
import os
import re._parser as sre
import subprocess
import sys
from functools import lru_cache

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata
from phonenumbers.tzdata import TIMEZONE_DATA

LENGTH_DEPTH = 3  # leading digits of a national number that decide its possible lengths
REGION_DEPTH = 6  # leading digits that decide the country, where several share a calling code
WIDTH = 132
GEOGRAPHIC_MOBILES = {1, 52, 54, 55, 62, 86}  # calling codes whose mobile numbers have area codes
ZONEINFO = "/usr/share/zoneinfo"

# Digits dialled before a national number that the library describes by patterns. "P>=N" counts only before N digits or more:
# carrier codes. Argentina's 15 has a rule of its own in PhoneNumber+National.swift.
SPECIAL_TRUNKS = {
    "AR": ["0"],
    "BO": ["0"] + [f"01{d}>=8" for d in range(10)],
    "BR": ["0", "90"] + [f"{p}{c}>=10" for p in ("0", "90") for c in (12, 14, 15, 21, 22, 23, 25, 31, 41, 43, 55, 65, 99)],
    "BY": ["80", "8", "0"],
    "CO": ["0"] + [f"0{c}>=10" for c in (5, 7, 9, 414, 444, 456)],
    "GA": ["0>=8"],
    "KR": ["0"] + [f"08{d}>=9" for d in "1234678"],
    "LT": ["0", "8"],
    "MX": ["01", "02", "044", "045", "1"],
}


def automaton(pattern):
    """Pattern of digits -> (start states, step(states, digit), accepts(states))."""
    arcs, jumps = {}, {}
    count = [0]

    def new():
        count[0] += 1
        return count[0]

    def build(items, start):
        for op, arg in items:
            op = str(op)
            if op == "LITERAL":
                end = new()
                arcs.setdefault(start, []).append(({chr(arg)}, end))
                start = end
            elif op == "IN":
                digits = set()
                for kind, value in arg:
                    kind = str(kind)
                    if kind == "LITERAL":
                        digits.add(chr(value))
                    elif kind == "RANGE":
                        digits |= {chr(c) for c in range(value[0], value[1] + 1)}
                    else:
                        digits |= set("0123456789")
                end = new()
                arcs.setdefault(start, []).append((digits, end))
                start = end
            elif op == "BRANCH":
                end = new()
                for branch in arg[1]:
                    head = new()
                    jumps.setdefault(start, []).append(head)
                    jumps.setdefault(build(branch, head), []).append(end)
                start = end
            elif op == "SUBPATTERN":
                start = build(arg[3], start)
            elif op == "MAX_REPEAT":
                low, high, inner = arg
                end = new()
                for turn in range(int(high)):
                    if turn >= low:
                        jumps.setdefault(start, []).append(end)
                    start = build(inner, start)
                jumps.setdefault(start, []).append(end)
                start = end
            else:
                raise ValueError(op)
        return start

    first = new()
    last = build(sre.parse(pattern), first)

    def close(states):
        todo, seen = list(states), set(states)
        while todo:
            for target in jumps.get(todo.pop(), []):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return frozenset(seen)

    @lru_cache(None)
    def step(states, digit):
        return close({end for s in states for digits, end in arcs.get(s, []) if digit in digits})

    @lru_cache(None)
    def lengths(states):
        found = {0} if last in states else set()
        for digit in "0123456789":
            after = step(states, digit)
            if after:
                found |= {n + 1 for n in lengths(after)}
        return frozenset(found)

    return close({first}), step, lengths


# Voicemail boxes are left out: their lengths would let mobile numbers with a digit too many pass in Germany and Italy.
TYPES = ["fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan"]


class Language:
    def __init__(self, descriptions):
        self.parts = []
        for description in descriptions:
            if description is not None and description.national_number_pattern and description.national_number_pattern != "NA":
                self.parts.append((automaton(description.national_number_pattern), set(description.possible_length) - {-1}))
        self.memo = {}

    def lengths(self, prefix):
        """Possible lengths of whole numbers with this prefix."""
        if prefix not in self.memo:
            found = set()
            for (start, step, lengths), allowed in self.parts:
                states = start
                for digit in prefix:
                    states = step(states, digit)
                if states:
                    found |= {len(prefix) + n for n in lengths(states)} & (allowed or set(range(20)))
            self.memo[prefix] = frozenset(found)
        return self.memo[prefix]


def plan(code, regions):
    """Leaves of the calling code's tree: {(region, lengths): [prefixes]}."""
    data = {
        r: PhoneMetadata.metadata_for_nongeo_region(code) if r == "001" else PhoneMetadata.metadata_for_region(r) for r in regions
    }
    general = {r: Language([m.general_desc]) for r, m in data.items()}
    valid = {r: Language([getattr(m, t) for t in TYPES]) for r, m in data.items()}
    if code == 1:
        # The patterns of one country's numbers allow any area code: the others' would be lost in it.
        general = {r: (general[r] if r == "US" else valid[r]) for r in regions}

    def region(prefix):
        """(region, decided)"""
        if len(regions) == 1:
            return regions[0], True
        candidates = []
        for r in regions:
            leading = data[r].leading_digits
            if leading:
                reach = [p for p in prefixes_of(leading) if p.startswith(prefix) or prefix.startswith(p)]
                if any(prefix.startswith(p) for p in reach):
                    candidates.append(r)
                    if len(candidates) == 1:
                        return r, True
                elif reach:
                    candidates.append(r)
            elif valid[r].lengths(prefix):
                candidates.append(r)
        return (candidates[0] if candidates else regions[0]), len(candidates) <= 1

    def leaf(prefix, owners):
        short = prefix[:LENGTH_DEPTH]
        # Beginnings that are in use are taken exactly; others as widely as the country's numbers go, for they may be used by now.
        return frozenset().union(*(valid[r].lengths(short) or general[r].lengths(short) for r in owners))

    def tree(prefix):
        lengths = leaf(prefix, regions)
        if not lengths:
            return (None, lengths)
        owner, decided = region(prefix)
        if decided:
            lengths = leaf(prefix, [owner]) or lengths
        if len(prefix) >= LENGTH_DEPTH and (decided or len(prefix) == REGION_DEPTH):
            return (owner, lengths)
        children = {d: tree(prefix + d) for d in "0123456789"}
        if len({repr(c) for c in children.values()}) == 1 and isinstance(children["0"], tuple):
            return children["0"]
        return children

    leaves = {}

    def collect(node, prefix):
        if isinstance(node, dict):
            for digit, child in node.items():
                collect(child, prefix + digit)
        elif node[0]:
            leaves.setdefault((node[0], tuple(sorted(node[1]))), []).append(prefix)

    collect(tree(""), "")
    return leaves


@lru_cache(None)
def prefixes_of(pattern):
    """Every text that a pattern of leading digits matches."""
    start, step, lengths = automaton(pattern)
    found, todo = [], [("", start)]
    while todo:
        prefix, states = todo.pop()
        if 0 in lengths(states):
            found.append(prefix)
        for digit in "0123456789":
            if step(states, digit):
                todo.append((prefix + digit, step(states, digit)))
    return found


def classes(prefixes):
    """120 121 122 -> 12[0-2]; the beginning that every number has is *."""
    groups = {}
    for prefix in prefixes:
        groups.setdefault(prefix[:-1], []).append(prefix[-1:])
    words = []
    for stem, digits in groups.items():
        words.append((stem + digits[0] or "*") if len(digits) == 1 else f"{stem}[{runs(digits)}]")
    return sorted(words)


def runs(digits):
    text, digits = "", sorted(int(d) for d in digits)
    while digits:
        end = 0
        while end + 1 < len(digits) and digits[end + 1] == digits[end] + 1:
            end += 1
        text += str(digits[0]) if end == 0 else f"{digits[0]}{'' if end == 1 else '-'}{digits[end]}"
        digits = digits[end + 1 :]
    return text


def span(lengths):
    text, lengths = [], list(lengths)
    while lengths:
        end = 0
        while end + 1 < len(lengths) and lengths[end + 1] == lengths[end] + 1:
            end += 1
        text.append(str(lengths[0]) if end == 0 else f"{lengths[0]}-{lengths[end]}")
        lengths = lengths[end + 1 :]
    return ",".join(text)


def wrap(head, words):
    lines, line = [], head
    for word in words:
        if len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = " "
        line += " " + word
    return lines + [line]


def trunks(region, data):
    if region in SPECIAL_TRUNKS:
        return SPECIAL_TRUNKS[region]
    pattern = data.national_prefix_for_parsing or ""
    plain = pattern.split("|")[0].split("(")[0]
    return [plain] if plain.isdigit() else []


def local(data):
    """(digits of a number as dialled on the island, what stands before them abroad)"""
    rule, pattern = data.national_prefix_transform_rule or "", data.national_prefix_for_parsing or ""
    if not rule.endswith("\\1") or not rule[:-2].isdigit() or not pattern.endswith("$"):
        return []
    start, step, lengths = automaton(pattern[pattern.rindex("|") + 1 if "|" in pattern else 0 :].strip("()$"))
    return [f"local:{next(iter(lengths(start)))}:{rule[:-2]}"]


def abroad(data):
    text = data.preferred_international_prefix or data.international_prefix or ""
    text = text.replace("~", "")
    return [f"abroad:{text}"] if text.isdigit() and text != "00" else []


def numbering():
    lines = []
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items(), key=lambda pair: str(pair[0])):
        words = []
        for region in regions:
            if region != "001":
                data = PhoneMetadata.metadata_for_region(region)
                words += [region] + trunks(region, data) + local(data) + abroad(data)
        for (region, lengths), prefixes in sorted(plan(code, regions).items()):
            words += [f"={'--' if region == '001' else region}:{span(lengths)}"] + classes(prefixes)
        lines += wrap(f"+{code}", words)
    return lines


def zone_links():
    listed = {line.split("\t")[2].strip() for line in open(f"{ZONEINFO}/zone.tab") if not line.startswith("#")}
    links = dict(reversed(line.split()[1:3]) for line in open(f"{ZONEINFO}/tzdata.zi") if line.startswith("L "))
    renamed = {"Europe/Kiev": "Europe/Kyiv", "America/Godthab": "America/Nuuk", "Pacific/Enderbury": "Pacific/Kanton"}
    return lambda name: name if name in listed else renamed.get(name) or links.get(name, name)


def is_somewhere(prefix):
    """Whether numbers with this beginning tell where in the country they are: not those that only mobile numbers have."""
    code = next(prefix[:n] for n in (1, 2, 3) if int(prefix[:n]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
    if prefix == code or int(code) in GEOGRAPHIC_MOBILES:
        return True
    data = [PhoneMetadata.metadata_for_region(r) for r in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)] if r != "001"]
    rest = prefix[len(code) :]
    return any(Language([m.fixed_line]).lengths(rest) for m in data) or not any(Language([m.mobile]).lengths(rest) for m in data)


def zones():
    current = zone_links()
    table = {
        prefix: tuple(dict.fromkeys(current(z) for z in names)) for prefix, names in TIMEZONE_DATA.items() if is_somewhere(prefix)
    }
    groups = {}
    for prefix, names in table.items():
        parents = [prefix[:n] for n in range(len(prefix) - 1, 0, -1) if prefix[:n] in table]
        if not parents or table[parents[0]] != names:
            groups.setdefault(names, []).append(prefix)
    lines = []
    for names, prefixes in sorted(groups.items()):
        lines += wrap(names[0], list(names[1:]) + classes(prefixes))
    return lines


def write(folder, name, title, notes, lines):
    version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "python3-phonenumbers"], capture_output=True, text=True).stdout
    with open(os.path.join(folder, name + ".swift"), "w") as file:
        file.write(f"// {title}\n//\n// Generated by Tests/Reference/generate-phone-facts.py from Debian's python3-phonenumbers\n")
        file.write(f"// {version} (libphonenumber {phonenumbers.__version__}, Apache-2.0): facts, not code. Do not edit.\n//\n")
        for note in notes:
            file.write(f"// {note}\n")
        file.write(f"enum {name} {{\n    static let text = \"\"\"\n")
        for line in lines:
            file.write(f"        {line}\n")
        file.write("        \"\"\"\n}\n")


if __name__ == "__main__":
    folder = sys.argv[1]
    write(
        folder, "NumberingFacts", "How the numbers of every country look.",
        [
            "Words between spaces; the order matters, line breaks do not. `+44` opens a calling code. A country opens what is dialled there",
            "before a national number (`0`, or `014>=10` for a carrier code before at least 10 digits), `local:7:268` for the 7 digits that are",
            "dialled on an island and what stands before them abroad, `abroad:011` for what is dialled before a calling code where that is not",
            "`00`. `=GB:9-10` opens the beginnings of national numbers that are of that country (`--`: of none) and of these lengths; `2[0-3]`",
            "is 20, 21, 22 and 23, `*` is every number. The longest beginning that fits counts.",
        ], numbering())
    write(
        folder, "TimeZoneFacts", "Time zones of numbers, by their first digits.",
        [
            "Words between spaces; the order matters, line breaks do not. One or more zones, then the beginnings of the numbers (calling",
            "code first) that are in them; `4[0-3]` is 40, 41, 42 and 43. The longest beginning that fits counts.",
        ], zones())
