#!/usr/bin/env python3
"""What the check `pronoun` finds of planted pronouns, by the people of the story.

usage: pronouns.py GOLD.tsv REPORT.jsonl TEXTS [--misses N] [--alarms N]

GOLD.tsv      file, start, end (code points), class, before, after: planted defects of class "pronoun"
REPORT.jsonl  galley check --only=pronoun --format=jsonl TEXTS
TEXTS         the folder of the checked texts

A story is of one gender when all its other pronouns (he, she and their forms, quoted ones too) are; else
it is mixed. An alarm is an issue that touches nothing planted; some are real errors of the original.
"""
import argparse
import collections
import json
import os
import re

MALE = re.compile(r"\b(he|him|his|himself)\b", re.I)
FEMALE = re.compile(r"\b(she|her|hers|herself)\b", re.I)


def kind_of(text, planted):
    """one or mixed, without the planted pronouns."""
    for start, end in sorted(planted, reverse=True):
        text = text[:start] + text[end:]
    return "mixed" if MALE.search(text) and FEMALE.search(text) else "one"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold")
    parser.add_argument("report")
    parser.add_argument("texts")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--alarms", type=int, default=0)
    options = parser.parse_args()
    gold = collections.defaultdict(list)
    for line in open(options.gold, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if fields[3] == "pronoun":
            gold[fields[0]].append((int(fields[1]), int(fields[2])))
    planted, found = collections.Counter(), collections.Counter()
    misses, alarms, texts = [], [], 0
    for line in open(options.report, encoding="utf-8"):
        document = json.loads(line)
        name = os.path.basename(document["uri"])
        raw = open(os.path.join(options.texts, name), "rb").read()
        text = raw.decode()
        texts += 1
        spans = []
        for issue in document["issues"]:
            if issue["check"] == "pronoun":
                start = len(raw[:issue["offset"]].decode())
                spans.append((start, start + len(issue["text"]), issue["message"]))
        for start, end in gold[name]:
            kind = kind_of(text, gold[name])
            planted[kind] += 1
            if any(a < end and b > start for a, b, _ in spans):
                found[kind] += 1
            else:
                misses.append((kind, name, text[max(0, start - 200):start], text[start:end], text[end:end + 60], ""))
        for a, b, message in spans:
            if not any(a < end and b > start for start, end in gold[name]):
                alarms.append(("alarm", name, text[max(0, a - 200):a], text[a:b], text[b:b + 60], message))
    for kind in ("one", "mixed"):
        share = found[kind] / planted[kind] if planted[kind] else 0
        print(f"stories of {kind + ' gender' if kind == 'one' else 'both genders':12} planted {planted[kind]:5}"
              f"  found {found[kind]:5}  recall {share:.3f}")
    print(f"alarms {len(alarms)} in {texts} texts: one in {texts / len(alarms) if alarms else texts:.1f}")
    for row in misses[:options.misses] + alarms[:options.alarms]:
        kind, name, before, word, after, message = (part.replace("\n", "¶") for part in row)
        print(f"{kind}  {name}  {before}[[{word}]]{after}  {message}")


if __name__ == "__main__":
    main()
