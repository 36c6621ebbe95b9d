"""Kills galley at random moments and looks at what is left: kill.py GALLEY ROUNDS

Reports must be the old one or the new one, byte for byte; documents under `galley fix` the same, each
by itself; a run that nobody kills finishes the work. In half of the rounds a report is written, in
the other half documents are fixed. Works in the current folder.
"""
import os
import pathlib
import random
import subprocess
import sys
import time

galley, rounds = sys.argv[1], int(sys.argv[2])
random.seed(20)
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
folder = pathlib.Path("documents")
folder.mkdir()
DEFECTIVE = "They went tosupport her, , and and it went.\r\n"
PLAIN = "The minister said on Thursday that the meeting was open to all of them.\r\n\r\n" * 40
for i in range(60):
    (folder / f"{i:02}.txt").write_bytes(f"Story {i}.\r\n\r\n{PLAIN}{DEFECTIVE}".encode())


def timed(arguments):
    began = time.monotonic()
    subprocess.run(arguments, **QUIET)
    return time.monotonic() - began


def killed(arguments, duration):
    """Whether the kill came before the end."""
    process = subprocess.Popen(arguments, **QUIET)
    time.sleep(random.uniform(0, duration))
    process.kill()
    return process.wait() == -9


def temporaries():
    return [path for path in pathlib.Path(".").rglob(".*") if path.name != ".galley.ini"]


def check_reports(n):
    """Two reports that differ take turns, each killed on its way over the other."""
    outputs = ["--output=report.xml", "--format=xml", "--format=jsonl:report.jsonl"]
    turns = [[galley, "check", *outputs, *extra, "documents"] for extra in ([], ["--severity=spelling=minor"])]
    wanted = []
    for turn in turns:
        duration = timed(turn)
        wanted.append([open(path, "rb").read() for path in ("report.xml", "report.jsonl")])
    assert wanted[0][0] != wanted[1][0]
    n_killed = 0
    for i in range(n):
        n_killed += killed(turns[i % 2], duration * 1.1)
        for k, path in enumerate(("report.xml", "report.jsonl")):
            now = open(path, "rb").read()
            assert now in (wanted[0][k], wanted[1][k]), f"{path} is neither the old nor the new one"
    for turn, want in zip(turns, wanted):
        subprocess.run(turn, **QUIET)
        assert open("report.xml", "rb").read() == want[0], "the run behind the kills did not finish"
    return n_killed


def check_fixes(n):
    paths = sorted(folder.iterdir())
    before = {path: path.read_bytes() for path in paths}
    fix = [galley, "fix", "documents"]
    duration = timed(fix)
    after = {path: path.read_bytes() for path in paths}
    assert all(before[path] != after[path] for path in paths), "nothing to fix"
    n_killed = 0
    for _ in range(n):
        for path in paths:
            path.write_bytes(before[path])
        n_killed += killed(fix, duration * 1.1)
        for path in paths:
            assert path.read_bytes() in (before[path], after[path]), f"{path} is neither old nor new"
        subprocess.run(fix, **QUIET)
        for path in paths:
            assert path.read_bytes() == after[path], f"{path} was not fixed by the run behind the kill"
    return n_killed


n_killed = check_reports(rounds // 2) + check_fixes(rounds - rounds // 2)
print(f"{rounds} rounds, {n_killed} killed before the end, {len(temporaries())} temporary files left")
assert n_killed > rounds / 2, "the kills came too late to say anything"
