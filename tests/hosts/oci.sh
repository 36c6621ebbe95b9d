#!/bin/bash
# Makes the OCI image from the packages that deb.sh left, unpacks it as a runtime does, and runs it without a network.
# Exits with 77, "skipped", where that cannot be done.
#
# usage: oci.sh SOURCES FOLDER      FOLDER holds the packages
set -euo pipefail
sources=$1
packages=$2
for program in mmdebstrap umoci crun; do
    command -v "$program" >/dev/null || { echo "$program is not installed"; exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo "needs root"; exit 77; }
ls "$packages"/galley_*.deb >/dev/null 2>&1 || { echo "no packages in $packages"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$sources/packaging/oci.sh" "$packages" "$folder/image"
umoci unpack --image "$folder/image:latest" "$folder/bundle"
cp "$sources/tests/data/stories/summit.txt" "$folder/bundle/rootfs/story.txt"

# The image's own command, on a file system that cannot be written and in a network of its own without a way out.
cd "$folder/bundle"
python3 - <<'PYTHON'
import json
config = json.load(open("config.json"))
assert config["process"]["args"] == ["galley", "--help"], config["process"]["args"]
assert config["process"]["user"]["uid"] == 65534, config["process"]["user"]
config["process"]["args"] = ["galley", "check", "--format=text", "/story.txt"]
config["process"]["terminal"] = False
config["root"]["readonly"] = True
assert any(space["type"] == "network" for space in config["linux"]["namespaces"])
json.dump(config, open("config.json", "w"))
PYTHON
# The gate shuts on the story: status 1.
if crun --cgroup-manager=disabled run galley-test-$$ >"$folder/report.txt" 2>"$folder/errors.txt" || [ ! -s "$folder/report.txt" ]; then
    cat "$folder/errors.txt"
    # Where no container may be made: the same file tree, user and command in a network of its own.
    grep -qi 'cgroup\|mount\|permi' "$folder/errors.txt" || exit 1
    unshare --net chroot --userspec=65534:65534 rootfs env LC_ALL=C.UTF-8 galley check --format=text /story.txt >"$folder/report.txt" || true
    echo "crun makes no container here; run in a chroot"
fi
grep -q '“toopen” looks like two words run together' "$folder/report.txt"
grep -q '^/story.txt: fail' "$folder/report.txt"
echo "the OCI image checks a story without a network"
