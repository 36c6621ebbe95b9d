#!/usr/bin/env python3
"""How often a quotation has the speaker whom its reporting clause names by a pronoun.

usage: speakers.py STORIES.jsonl [--galley PROGRAM] [--misses N]

STORIES.jsonl   one text a line: {"paragraphs": [...], "pronoun_clauses": [[paragraph, start, end], ...]}, the
                places (code points) where he or she is the subject of a reporting clause

Counts the clauses that a quotation ends right before (“…,” he said) or begins right behind (he said: “…”), in
their sentence, and those of them where galley gives the quotation and the pronoun to the same person.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import tempfile

BEFORE = re.compile(r"[”\"']['’]?\s*$")
BEHIND = re.compile(r"^\w+(?: \w+){0,3}[,:]? (?=[“\"])")


def run(galley, rows, folder):
    for number, row in enumerate(rows):
        with open(f"{folder}/{number:05}.txt", "w", encoding="utf-8") as file:
            file.write("\n\n".join(row["paragraphs"]) + "\n")
    with open(f"{folder}/galley.ini", "w", encoding="utf-8") as file:
        file.write("speakers = yes\n")
    command = [galley, "check", f"--config={folder}/galley.ini", "--only=pronoun", "--format=jsonl", folder]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    for line in output.splitlines():
        document = json.loads(line)
        name = os.path.basename(document["uri"])
        if name.endswith(".txt"):
            yield int(name[:5]), document.get("speakers", [])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("stories")
    parser.add_argument("--galley", default="build/hosts/cli/galley")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    rows = [json.loads(line) for line in open(options.stories, encoding="utf-8")]
    count, misses = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        for number, speakers in run(options.galley, rows, folder):
            paragraphs = rows[number]["paragraphs"]
            starts, at = [], 0
            for paragraph in paragraphs:
                starts.append(at)
                at += len(paragraph.encode()) + 2
            said = {pronoun["offset"]: person for person in speakers for pronoun in person["pronouns"]}
            spans = [(q["offset"], q["offset"] + q["length"], person) for person in speakers
                     for q in person["quotations"]]
            for index, start, end in rows[number]["pronoun_clauses"]:
                text = paragraphs[index]
                begin = starts[index] + len(text[:start].encode())
                behind = BEHIND.match(text[end + 1:])
                if BEFORE.search(text[:start]):
                    kind, mark = "“…,” he said", starts[index] + len(text[:start].rstrip().encode())
                    owner = next((person for a, b, person in spans if b == mark), None)
                elif behind:
                    kind, mark = "he said: “…”", starts[index] + len(text[:end + 1 + behind.end()].encode())
                    owner = next((person for a, b, person in spans if a == mark), None)
                else:
                    continue
                count[kind] += 1
                count[kind, "right"] += owner is not None and said.get(begin) is owner
                if owner is None or said.get(begin) is not owner:
                    misses.append(text[max(0, start - 100):end + 60])
    for kind in ("“…,” he said", "he said: “…”"):
        print(f"{kind}: {count[kind, 'right']} of {count[kind]}")
    print(*misses[:options.misses], sep="\n")


if __name__ == "__main__":
    main()
