#!/usr/bin/env python3
"""How often galley finds a planted slip, and how often its suggestions have the word that was meant.

usage: suggestions.py [--galley PROGRAM] [--hunspell] [--seed N] [--count N] TEXT [TEXT ...]

TEXT is plain text, a paragraph a line, in English that somebody edited. In each paragraph one word is
changed: two letters swapped, one lost, one doubled, one hit beside its key, or the blank beside a
function word lost. A change that makes a word of Hunspell's en_US is left out: it takes more than
spelling to see it (needs the program hunspell).
Prints recall, the share of first suggestions that are right, and of the first five, for each kind. With
--hunspell also what Hunspell's own suggestions are for the same wrong words, and how long it takes over one.
"""
import argparse
import collections
import json
import os
import random
import re
import subprocess
import tempfile
import time

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEAR = {key: row[max(0, i - 1):i] + row[i + 1:i + 2] for row in ROWS for i, key in enumerate(row)}
FUNCTION = set("the of to and in for on with at by from as that is was are be has have or but not".split())
WORD = re.compile(r"[A-Za-z]+")


def slip(word, kind, rng):
    i = rng.randrange(1, len(word) - 1)
    if kind == "swapped":
        return word[:i] + word[i + 1] + word[i] + word[i + 2:]
    if kind == "lost":
        return word[:i] + word[i + 1:]
    if kind == "doubled":
        return word[:i] + word[i] + word[i:]
    return word[:i] + rng.choice(NEAR[word[i]]) + word[i + 1:]


def plant(paragraph, kind, rng):
    """(paragraph with the slip, offset, wrong, right) or None."""
    found = list(WORD.finditer(paragraph))
    if kind == "blank":
        pairs = [(a, b) for a, b in zip(found, found[1:]) if paragraph[a.end():b.start()] == " "
                 and b.group().islower() and (a.group().lower() in FUNCTION or b.group() in FUNCTION)]
        if not pairs:
            return None
        a, b = rng.choice(pairs)
        right = paragraph[a.start():b.end()]
        return paragraph[:a.end()] + paragraph[b.start():], a.start(), right.replace(" ", ""), right
    words = [m for m in found if len(m.group()) >= 4 and m.group().islower()
             and not re.match(r"['’-]", paragraph[m.end():])
             and paragraph[max(0, m.start() - 1):m.start()] in (" ", "")]
    if not words:
        return None
    m = rng.choice(words)
    wrong = slip(m.group(), kind, rng)
    if wrong == m.group():
        return None
    return paragraph[:m.start()] + wrong + paragraph[m.end():], m.start(), wrong, m.group()


def dictionary_words(words):
    """Those that Hunspell's en_US has: a slip that makes a word is not one that spelling can see."""
    run = subprocess.run(["hunspell", "-d", "en_US", "-i", "utf-8", "-l"], input="\n".join(words),
                         capture_output=True, text=True, check=True)
    return set(words) - set(run.stdout.split())


def hunspell_suggestions(words):
    """Wrong word -> Hunspell's suggestions, best first; and the seconds it took."""
    begin = time.monotonic()
    run = subprocess.run(["hunspell", "-d", "en_US", "-i", "utf-8", "-a"], input="".join(f"^{w}\n" for w in words),
                         capture_output=True, text=True, check=True)
    seconds = time.monotonic() - begin
    found = {}
    for line in run.stdout.splitlines():
        if line.startswith("& "):
            head, _, rest = line.partition(": ")
            found[head.split()[1]] = rest.split(", ")
    return found, seconds


def show_hunspell(planted):
    pairs = [(kind, wrong, right) for kind, _, _, wrong, right in planted]
    found, seconds = hunspell_suggestions(sorted({wrong for _, wrong, _ in pairs}))
    print(f"\nHunspell's own suggestions, {1000 * seconds / len(pairs):.1f} ms a word")
    for wanted in sorted({kind for kind, _, _ in pairs}) + ["all"]:
        rows = [found.get(wrong, [])[:5] for kind, wrong, _ in pairs if wanted in (kind, "all")]
        rights = [right for kind, _, right in pairs if wanted in (kind, "all")]
        first = sum(row[:1] == [right] for row, right in zip(rows, rights))
        five = sum(right in row for row, right in zip(rows, rights))
        print(f"{wanted:10}{len(rows):9}{'':9}{first / len(rows):9.3f}{five / len(rows):9.3f}")


def check(program, paragraphs):
    with tempfile.TemporaryDirectory() as folder:
        for i, paragraph in enumerate(paragraphs):
            with open(f"{folder}/{i:06d}.txt", "w", encoding="utf-8") as file:
                file.write(paragraph + "\n")
        run = subprocess.run([program, "check", "--only=spelling", "--format=jsonl", folder],
                             capture_output=True, text=True)
    reports = (json.loads(line) for line in run.stdout.splitlines())
    return {int(os.path.basename(r["uri"])[:6]): r["issues"] for r in reports}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--galley", default="build/hosts/cli/galley")
    parser.add_argument("--hunspell", action="store_true", help="compare with Hunspell's own suggestions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=3000, help="paragraphs to plant in")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    paragraphs = [line.strip() for name in args.texts for line in open(name, encoding="utf-8")
                  if len(line.split()) >= 12]
    rng.shuffle(paragraphs)
    kinds = ["swapped", "lost", "doubled", "near", "blank"]
    planted = []
    for i, paragraph in enumerate(paragraphs[:args.count]):
        kind = kinds[i % len(kinds)]
        result = plant(paragraph, kind, rng)
        if result:
            planted.append((kind, *result))
    known = dictionary_words([wrong for _, _, _, wrong, _ in planted])
    planted = [p for p in planted if p[3] not in known]
    reports = check(args.galley, [text for _, text, _, _, _ in planted])
    n, seen, first, five = (collections.Counter() for _ in range(4))
    for i, (kind, text, offset, wrong, right) in enumerate(planted):
        begin = len(text[:offset].encode())
        n[kind] += 1
        for issue in reports.get(i, []):
            if issue["offset"] <= begin < issue["offset"] + issue["length"]:
                seen[kind] += 1
                first[kind] += issue["suggestions"][:1] == [right]
                five[kind] += right in issue["suggestions"][:5]
                break
    print(f"{'slip':10}{'planted':>9}{'found':>9}{'first':>9}{'of five':>9}")
    rows = [(k, n[k], seen[k], first[k], five[k]) for k in kinds]
    rows.append(("all", sum(n.values()), sum(seen.values()), sum(first.values()), sum(five.values())))
    for kind, total, found, right, among in rows:
        if total and found:
            print(f"{kind:10}{total:9}{found / total:9.3f}{right / found:9.3f}{among / found:9.3f}")
    if args.hunspell:
        show_hunspell(planted)


if __name__ == "__main__":
    main()
