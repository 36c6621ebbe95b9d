#!/bin/sh
# Runs a Node script with the packages of package.json, which are installed once into the build's own folder.
# Exits with 77, "skipped", where Node, npm, their registry or a program that the script drives is not to be had.
#
# usage: node.sh FOLDER PROGRAM[,PROGRAM] SCRIPT ARGUMENT...
set -eu
folder=$1
programs=$2
shift 2
for program in node npm $(echo "$programs" | tr , ' '); do
    command -v "$program" >/dev/null || { echo "$program is not installed"; exit 77; }
done
here=$(dirname "$0")
if ! cmp -s "$here/package.json" "$folder/installed.json"; then
    mkdir -p "$folder"
    (
        flock 9
        cmp -s "$here/package.json" "$folder/installed.json" && exit 0
        cp "$here/package.json" "$folder/package.json"
        npm install --prefix "$folder" --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error >&2 &&
            cp "$folder/package.json" "$folder/installed.json"
    ) 9>"$folder/lock" || { echo "the packages could not be installed"; exit 77; }
fi
NODE_PATH=$folder/node_modules exec node "$@"
