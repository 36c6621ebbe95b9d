#!/usr/bin/env python3
"""Draws issues at random from a report, so that somebody can read them against their texts.

usage: draw.py REPORT.jsonl [--count N] [--seed N] [--context BYTES] [--checks A,B] [--table]

REPORT.jsonl is what `galley check --format=jsonl` wrote; its texts are read from where it says.
Prints number, file, check, severity, offset and length in bytes, and the place in its context. With
--table only what a table of verdicts begins with: file, check, offset, length.
"""
import argparse
import json
import os
import random


def read_issues(path, checks):
    for line in open(path, encoding="utf-8"):
        document = json.loads(line)
        for issue in document.get("issues", []):
            if not checks or issue["check"] in checks:
                yield document["uri"].removeprefix("file://"), issue


def context(path, issue, width):
    with open(path, "rb") as file:
        data = file.read()
    begin = issue["offset"]
    end = begin + issue["length"]

    def cut(piece):
        return piece.decode(errors="ignore").replace("\r", "").replace("\n", "¶")

    return (cut(data[max(0, begin - width):begin]) + "[[" + cut(data[begin:end]) + "]]" +
            cut(data[end:end + width]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("report")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--context", type=int, default=120)
    parser.add_argument("--checks", default="")
    parser.add_argument("--table", action="store_true")
    args = parser.parse_args()
    issues = list(read_issues(args.report, set(filter(None, args.checks.split(",")))))
    drawn = random.Random(args.seed).sample(issues, min(args.count, len(issues)))
    for number, (path, issue) in enumerate(drawn, 1):
        place = (os.path.basename(path), issue["check"], issue["offset"], issue["length"])
        if args.table:
            print(*place, sep="\t")
            continue
        print(number, *place, issue["severity"], issue["message"],
              *issue.get("suggestions", [])[:1], sep=" | ")
        print("    " + context(path, issue, args.context))


if __name__ == "__main__":
    main()
