#!/usr/bin/env python3
"""Measures galley over many documents: bench/batch.py GALLEY [RUNS]

Parallel efficiency: T(1) / (n T(n)) over 6,000 stories, the least of RUNS runs each, for n up to the
cores there are. On a machine that others use, the least of many runs is nearest to the truth.
Memory: the most that is resident over 10,000 and over 100,000 small files, and half-way; what grows
between them is the list of names.
"""
import os
import subprocess
import sys
import tempfile
import threading
import time

import stories

galley = os.path.abspath(sys.argv[1])
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5


def timed(jobs, folder):
    best = float("inf")
    for _ in range(runs):
        began = time.monotonic()
        subprocess.run([galley, "check", "--quiet", f"--jobs={jobs}", "--format=jsonl", folder],
                       stdout=subprocess.DEVNULL, check=False)
        best = min(best, time.monotonic() - began)
    return best


def memory_over(names):
    """(most, half-way) KiB that are resident, and seconds."""
    process = subprocess.Popen([galley, "check", "--quiet", "--format=jsonl", "--files-from=-"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    threading.Thread(target=lambda: (process.stdin.write(names), process.stdin.close())).start()
    began = time.monotonic()
    n_all, n, most, half = names.count(b"\n"), 0, 0, 0
    for _ in process.stdout:
        n += 1
        if n % 5000 == 0 or n == n_all // 2:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
                now = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
            most = max(most, now)
            half = now if n == n_all // 2 else half
    process.wait()
    assert n == n_all, (n, n_all)
    return most, half, time.monotonic() - began


with tempfile.TemporaryDirectory() as folder:
    stories.main(f"{folder}/stories", 6000)
    alone = timed(1, f"{folder}/stories")
    print(f"1 job: {alone:.2f} s, {6000 / alone:.0f} documents/s")
    for jobs in range(2, os.cpu_count() + 1):
        seconds = timed(jobs, f"{folder}/stories")
        print(f"{jobs} jobs: {seconds:.2f} s, {6000 / seconds:.0f} documents/s, efficiency {alone / jobs / seconds:.2f}")
    stories.main(f"{folder}/small", 100000, 1)
    names = sorted(os.listdir(f"{folder}/small"))
    for n in (10000, 100000):
        most, half, seconds = memory_over("".join(f"{folder}/small/{name}\n" for name in names[:n]).encode())
        print(f"{n} files: {seconds:.1f} s, at most {most} KiB resident, {half} KiB half-way")
