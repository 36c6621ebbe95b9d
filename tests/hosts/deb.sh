#!/bin/bash
# Builds the Debian packages, lets lintian look at them, installs them in a new Debian and uses them there.
# Exits with 77, "skipped", where that cannot be done: packages missing, not root, or no archive to take a new Debian from.
#
# usage: deb.sh SOURCES FOLDER      FOLDER takes the packages
set -euo pipefail
sources=$1
folder=$2
for program in dpkg-buildpackage dh lintian mmdebstrap; do
    command -v "$program" >/dev/null || { echo "$program is not installed"; exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo "needs root for a chroot"; exit 77; }
(cd "$sources" && dpkg-checkbuilddeps) || exit 77

rm -rf "$folder"
mkdir -p "$folder/galley"
trap 'rm -rf "$folder/galley" "$folder/root"' EXIT
tar -C "$sources" --exclude='./build*' --exclude=./.git -cf - . | tar -C "$folder/galley" -xf -
(cd "$folder/galley" && DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage -us -uc -b) >"$folder/build.log" 2>&1 || {
    tail -40 "$folder/build.log"
    exit 1
}
lintian --info --fail-on=error,warning "$folder"/galley_*.changes

mmdebstrap --variant=apt --quiet bookworm "$folder/root" || { echo "no new Debian to be had"; exit 77; }
cp "$folder"/*.deb "$folder/root/tmp/"
cp "$sources/tests/data/stories/summit.txt" "$folder/root/tmp/"
inside() { chroot "$folder/root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
# Without geany-plugin-galley, which would bring a desktop.
inside sh -ec 'apt-get update -q; apt-get install -y -q --no-install-recommends /tmp/libgalley1_*.deb /tmp/galley-en_*.deb /tmp/galley_*.deb /tmp/libgalley-dev_*.deb' \
    >"$folder/install.log" 2>&1 || { tail -20 "$folder/install.log"; exit 1; }
status=0
inside galley check --format=text /tmp/summit.txt >"$folder/report.txt" || status=$?
[ "$status" -eq 1 ]
grep -q '“toopen” looks like two words run together' "$folder/report.txt"
inside galley-pack --verify /usr/share/galley/en.galley
message='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
printf 'Content-Length: %s\r\n\r\n%s' "${#message}" "$message" | inside galley lsp >"$folder/lsp.txt" || true # ends without a farewell
grep -q '"codeActionProvider"' "$folder/lsp.txt"
inside bash -ec 'galley serve --port=8181 --quiet & server=$!
    for i in {1..100}; do (exec 3<>/dev/tcp/127.0.0.1/8181) 2>/dev/null && break; sleep .1; done
    exec 3<>/dev/tcp/127.0.0.1/8181
    printf "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" >&3
    grep -q "^HTTP/1.1 200" <&3
    exec 3>&-
    kill $server
    wait $server'
inside test -f /lib/systemd/system/galley.service
inside apt-get purge -y -q galley galley-en libgalley1 libgalley-dev >>"$folder/install.log" 2>&1
left=$(inside find / -xdev -name '*galley*' -not -path '/tmp/*' -not -path '/var/log/*' -not -path '/proc/*' -not -path '/var/cache/*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo "packages built, lintian clean, installed, used and purged: $(cd "$folder" && echo *.deb)"
