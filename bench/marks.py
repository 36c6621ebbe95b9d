#!/usr/bin/env python3
"""What of the errors that professional raters marked galley finds, kind by kind.

usage: marks.py RATED.jsonl [--galley PROGRAM] [--kinds A,B] [--misses N]

RATED.jsonl: one text a line, {"paragraphs": [...], "marks": [[paragraph, start, end, kind, severity,
how many raters], ...]}, offsets in code points of the paragraph.
A mark is caught where an issue touches it, or stands one code point beside it. The last columns count
the marks that two raters or more agree on, and the checks that caught most.
"""
import argparse
import collections
import json
import os
import subprocess
import tempfile


def check(galley, rows, folder):
    for number, row in enumerate(rows):
        with open(os.path.join(folder, f"{number:05}.txt"), "w", encoding="utf-8") as file:
            file.write("\n\n".join(row["paragraphs"]) + "\n")
    done = subprocess.run([galley, "check", "--no-config", "--format=jsonl", folder],
                          capture_output=True, text=True, check=False)
    reports = {}
    for line in done.stdout.splitlines():
        document = json.loads(line)
        reports[int(os.path.basename(document["uri"])[:5])] = document["issues"]
    return reports


def place_issues(row, issues):
    data = ("\n\n".join(row["paragraphs"]) + "\n").encode()
    for issue in issues:
        begin = len(data[:issue["offset"]].decode(errors="ignore"))
        length = len(data[issue["offset"]:issue["offset"] + issue["length"]].decode(errors="ignore"))
        yield begin, begin + length, issue["check"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("rated")
    parser.add_argument("--galley", default=os.path.join(os.path.dirname(__file__),
                                                         "../build/hosts/cli/galley"))
    parser.add_argument("--kinds", default="spelling,punctuation,untranslated")
    parser.add_argument("--misses", type=int, default=0, help="print so many marks of each kind")
    args = parser.parse_args()
    with open(args.rated, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    with tempfile.TemporaryDirectory() as folder:
        reports = check(args.galley, rows, folder)
    marks, caught, agreed, both = (collections.Counter() for _ in range(4))
    checks = collections.defaultdict(collections.Counter)
    misses = collections.defaultdict(list)
    for number, row in enumerate(rows):
        places = list(place_issues(row, reports.get(number, [])))
        begins = [0]
        for paragraph in row["paragraphs"]:
            begins.append(begins[-1] + len(paragraph) + 2)
        for index, start, end, kind, _, raters in row["marks"]:
            begin, behind = begins[index] + start, begins[index] + end
            touching = {name for a, b, name in places if a <= behind and b >= begin}
            marks[kind] += 1
            agreed[kind] += raters > 1
            caught[kind] += bool(touching)
            both[kind] += bool(touching) and raters > 1
            checks[kind].update(touching)
            if not touching:
                text = row["paragraphs"][index]
                misses[kind].append(f"{text[max(0, start - 30):start]}[[{text[start:end]}]]"
                                    f"{text[end:end + 20]}")
    print(f"{'kind':14}{'marks':>7}{'caught':>8}{'share':>7}{'agreed':>8}{'caught':>8}{'share':>7}  by")
    for kind in args.kinds.split(","):
        print(f"{kind:14}{marks[kind]:7}{caught[kind]:8}{caught[kind] / max(1, marks[kind]):7.3f}"
              f"{agreed[kind]:8}{both[kind]:8}{both[kind] / max(1, agreed[kind]):7.3f}  " +
              ", ".join(f"{name} {n}" for name, n in checks[kind].most_common(5)))
        step = max(1, len(misses[kind]) // max(1, args.misses))
        for miss in misses[kind][::step][:args.misses]:
            print("    " + miss)


if __name__ == "__main__":
    main()
