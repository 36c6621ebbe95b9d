#!/usr/bin/env python3
"""Turns one pronoun of the third person a story, of the forms that stand elsewhere than before a verb.

usage: plant_pronouns.py CLEAN.jsonl... -o OUT [--form object|owner|reflexive|thing] [--seed N]

CLEAN.jsonl   one text a line: {"paragraphs": [...]}
OUT           gets texts/ and gold.tsv: file, start, end (code points), "pronoun", before, after

him and her, his and her, himself and herself outside quotation marks, in stories that have three others of the
same gender before it; `thing` makes "her" of an "its" right behind a word with a capital. "her" is an object
before a mark or a small word that no noun phrase begins with, an owner before other words in small letters.
"""
import argparse
import json
import os
import random
import re

QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|''.*?(?:''|$)")
ENDS = r"(?=[.,;:?!]| (?:to|and|in|on|at|for|with|from|as|that|when|of|by|after|before|during|into|about|if|but)\b)"
OWNS = r"(?= (?!(?:to|and|in|on|at|for|with|from|as|that|when|of|by|after|before|during|into|about|if|but)\b)[a-z])"
FORMS = {
    "object": [(r"\bhim\b", "her"), (r"\bher\b" + ENDS, "him")],
    "owner": [(r"\bhis\b" + OWNS, "her"), (r"\bher\b" + OWNS, "his")],
    "reflexive": [(r"\bhimself\b", "herself"), (r"\bherself\b", "himself")],
    "thing": [(r"\bits\b", "her")],
}
GENDER = {"he": 1, "him": 1, "his": 1, "himself": 1, "she": 2, "her": 2, "hers": 2, "herself": 2}
PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.I)
NEAR_NAME = re.compile(r"\b[A-Z][a-z]+(?:’s|'s)? (?:\w+ ){0,3}$")


def places(paragraphs, form):
    seen = [0, 0, 0]
    for number, paragraph in enumerate(paragraphs):
        quoted = [match.span() for match in QUOTED.finditer(paragraph)]
        for pattern, other in FORMS[form]:
            for match in re.finditer(pattern, paragraph):
                if any(a <= match.start() < b for a, b in quoted):
                    continue
                if form == "thing":
                    if NEAR_NAME.search(paragraph[:match.start()]):
                        yield number, match.start(), match.end(), other
                elif seen[GENDER[match.group()]] >= 3:
                    yield number, match.start(), match.end(), other
        for match in PRONOUN.finditer(paragraph):
            seen[GENDER[match.group().lower()]] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("clean", nargs="+")
    parser.add_argument("-o", "--out", required=True)
    parser.add_argument("--form", choices=FORMS, default="object")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    rows = [json.loads(line) for path in options.clean for line in open(path, encoding="utf-8")]
    os.makedirs(f"{options.out}/texts", exist_ok=True)
    planted = 0
    with open(f"{options.out}/gold.tsv", "w", encoding="utf-8") as gold:
        for number, row in enumerate(rows):
            paragraphs = list(row["paragraphs"])
            found = list(places(paragraphs, options.form))
            if not found:
                continue
            index, start, end, other = rng.choice(found)
            before = paragraphs[index][start:end]
            paragraphs[index] = paragraphs[index][:start] + other + paragraphs[index][end:]
            offset = sum(len(paragraph) + 2 for paragraph in paragraphs[:index]) + start
            print(f"{number:05}.txt", offset, offset + len(other), "pronoun", before, other, sep="\t", file=gold)
            with open(f"{options.out}/texts/{number:05}.txt", "w", encoding="utf-8") as file:
                file.write("\n\n".join(paragraphs) + "\n")
            planted += 1
    print(f"{planted} planted in {len(rows)} texts")


if __name__ == "__main__":
    main()
