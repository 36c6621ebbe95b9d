#!/usr/bin/env python3
"""Makes C of files: embed.py OUT.c FILE...; page.js becomes page_js[] and page_js_len."""
import os, sys

with open(sys.argv[1], "w") as out:
    out.write("#include <stddef.h>\n")
    for path in sys.argv[2:]:
        name = os.path.basename(path).replace(".", "_")
        data = open(path, "rb").read()
        rows = (",".join(str(b if b < 128 else b - 256) for b in data[i:i + 24]) for i in range(0, len(data), 24))
        out.write(f"extern const char {name}[];\nextern const size_t {name}_len;\n")
        out.write(f"const char {name}[] = {{\n" + ",\n".join(rows) + f"\n}};\nconst size_t {name}_len = {len(data)};\n")
