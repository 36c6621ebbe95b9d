"""Annotations inside annotations, cut and doubled: nested.py GALLEY FILE...

Each FILE is a document that `galley check --annotate` wrote. Stretches of it are put into other places of it; whatever comes of that,
the command must neither crash nor write to standard error of anything but what is wrong with the file.
"""
import pathlib
import random
import subprocess
import sys

galley, files = sys.argv[1], sys.argv[2:]
random.seed(7)
ROUNDS = 12
failures = 0


def marks(data):
    """Places where an annotation may begin or end."""
    return [i for i in range(len(data)) if data[i:i + 1] in (b"<", b">", b"#", b"{", b"\n")] or [0]


for name in files:
    data = pathlib.Path(name).read_bytes()
    broken = pathlib.Path("broken" + pathlib.Path(name).suffix)
    for _ in range(ROUNDS):
        places = marks(data)
        begin, end = sorted(random.sample(places, 2)) if len(places) > 1 else (0, len(data))
        at = random.choice(places)
        broken.write_bytes(data[:at] + data[begin:end] * random.randint(1, 3) + data[at:])
        for option in "--annotate", "--strip":
            run = subprocess.run([galley, "check", option, "--output=rewritten", str(broken)], capture_output=True)
            told = [line for line in run.stderr.decode(errors="replace").splitlines() if not line.startswith("galley: ")]
            if run.returncode not in (0, 1, 2) or told:
                print(f"{name} {option}: exit status {run.returncode}", *told[:3], sep="\n")
                failures += 1
sys.exit(failures > 0)
