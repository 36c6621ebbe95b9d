#!/usr/bin/env python3
"""Recall and false alarms of the checks that compare a text with its source.

usage: score_source.py GALLEY FOLDER CHECK [--near BYTES] [--misses N] [--alarms N]

FOLDER is what plant_source.py wrote. Runs GALLEY on its files with CHECK alone. A planted error is
found when an issue is reported in its text, and placed when that is no further than --near bytes
(default 200) from it; what is missing has no exact place. Issues in texts without a planted error are
false alarms (plant none to count them), and printed to be read: some are errors of the translation.
Segments are counted as sentences of the target.
"""
import argparse
import collections
import glob
import json
import os
import re
import subprocess


def text_offsets(line):
    """The byte offset in the line of each byte of the text's UTF-8, and the text."""
    start = line.index(b'"text": "') + 9
    at, offsets = start, []
    while line[at:at + 1] != b'"':
        if line[at:at + 1] == b"\\":
            size = 6 if line[at + 1:at + 2] == b"u" else 2
            decoded = json.loads(b'"' + line[at:at + size] + b'"').encode()
            offsets += [at] * len(decoded)
            at += size
        else:
            offsets.append(at)
            at += 1
    offsets.append(at)
    return offsets


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("galley")
    parser.add_argument("folder")
    parser.add_argument("check")
    parser.add_argument("--near", type=int, default=200)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--alarms", type=int, default=0)
    parser.add_argument("--guess", action="store_true", help="do not tell the source's language")
    arguments = parser.parse_args()
    gold = {}
    for row in open(os.path.join(arguments.folder, "gold.tsv"), encoding="utf-8"):
        file, line, _, begin, end, how = row.rstrip("\n").split("\t")
        gold[file, int(line)] = (int(begin), int(end), how)
    totals = collections.Counter()
    kinds = collections.defaultdict(collections.Counter)
    misses, alarms = [], []
    for path in sorted(glob.glob(os.path.join(arguments.folder, "*.jsonl"))):
        name = os.path.basename(path)
        lines = open(path, "rb").read().split(b"\n")
        begins = [0]
        for line in lines:
            begins.append(begins[-1] + len(line) + 1)
        command = [arguments.galley, "check", "--no-config", "--format=jsonl", "--only=" + arguments.check]
        if not arguments.guess:
            command.append("--source-language=" + name.split(".")[0])
        report = subprocess.run(command + [path], stdout=subprocess.PIPE, check=False)
        issues = collections.defaultdict(list)
        for issue in json.loads(report.stdout)["issues"]:
            number = next(i for i in range(len(lines)) if begins[i + 1] > issue["offset"])
            issues[number].append(issue)
        for number, line in enumerate(lines):
            if not line:
                continue
            text = json.loads(line)["text"]
            totals["segments"] += max(1, len(re.findall(r"[.!?][\"”’)]*(?:\s|$)", text)))
            totals["texts"] += 1
            found = placed = False
            offsets = text_offsets(line)
            if (name, number) in gold:
                begin, end, how = gold[name, number]
                begin = begins[number] + offsets[min(begin, len(offsets) - 1)]
                end = begins[number] + offsets[min(end, len(offsets) - 1)]
            for issue in issues[number]:
                first, last = issue["offset"], issue["offset"] + issue["length"]
                near = (name, number) in gold and first <= end + arguments.near and last >= begin - arguments.near
                placed |= near
                found |= (name, number) in gold
                if (name, number) not in gold:
                    totals["alarms"] += 1
                    where = first - begins[number]
                    alarms.append(f"{name}:{number + 1}: {issue['message']} | …{line[max(0, where - 60):where].decode(errors='replace')}"
                                  f"[[{line[where:last - begins[number]].decode(errors='replace')}]]"
                                  f"{line[last - begins[number]:last - begins[number] + 40].decode(errors='replace')}…")
            if (name, number) in gold:
                for counter in (totals, kinds[how + " " + name.split(".")[0]]):
                    counter["planted"] += 1
                    counter["found"] += found
                    counter["placed"] += placed
                if not found:
                    misses.append(f"{name}:{number + 1}: {how}: …{line[max(0, begin - begins[number] - 80):end - begins[number] + 60].decode(errors='replace')}…")
    for miss in misses[:arguments.misses]:
        print("miss ", miss)
    for alarm in alarms[:arguments.alarms]:
        print("alarm", alarm)
    for kind, counter in sorted(kinds.items()):
        print(f"  {kind:16} {counter['found']}/{counter['planted']}")
    if totals["planted"]:
        print(f"recall {totals['found'] / totals['planted']:.3f} ({totals['found']}/{totals['planted']}), "
              f"placed {totals['placed'] / totals['planted']:.3f}")
    print(f"false alarms {totals['alarms']} in {totals['texts']} texts, {totals['segments']} segments: "
          f"{1000 * totals['alarms'] / totals['segments']:.2f} per 1,000 segments")


if __name__ == "__main__":
    main()
