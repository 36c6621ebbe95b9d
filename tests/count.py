#!/usr/bin/env python3
"""Adds up what the test runners counted. usage: count.py TESTLOG"""
import re
import sys

log = open(sys.argv[1], encoding="utf-8", errors="replace").read()
rows = {"suites": [0, 0], "tests": [0, 0], "asserts": [0, 0]}
for name, row in rows.items():
    for total, failed in re.findall(rf"^\s+{name}\s+(\d+)\s+\S+\s+\S+\s+(\d+)", log, re.M):
        row[0] += int(total)
        row[1] += int(failed)
print("CUnit:", ", ".join(f"{total} {name} ({failed} failed)" for name, (total, failed) in rows.items()))
sys.exit(any(failed for _, failed in rows.values()))
