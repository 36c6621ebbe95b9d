#!/bin/bash
# Makes an OCI image of galley from its Debian packages: a small Debian, the packages, and nothing that is fetched when it runs. Needs root,
# mmdebstrap and umoci (Debian).
#
#     dpkg-buildpackage -us -uc -b
#     packaging/oci.sh .. galley-image                     FOLDER-OF-PACKAGES IMAGE: an OCI image layout with the tag “latest”
#     podman pull oci:galley-image:latest
#     podman run --rm --network=none -v "$PWD:/stories:ro" galley-image check /stories
#     podman run --rm --read-only -p 127.0.0.1:8081:8081 -v "$PWD/token:/token:ro" galley-image \
#         serve --address=0.0.0.0 --token-file=/token
set -euo pipefail
packages=$(cd "$1" && pwd)
image=$2
[ ! -e "$image" ] || { echo "$image is there already" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mmdebstrap --variant=apt --quiet \
    --customize-hook='mkdir "$1/packages"' \
    --customize-hook="copy-in $(echo "$packages"/{libgalley1,galley-en,galley}_*.deb) /packages" \
    --customize-hook='chroot "$1" sh -ec "apt-get update -q && apt-get install -y -q --no-install-recommends /packages/*.deb >&2"' \
    --customize-hook='chroot "$1" apt-get clean' \
    --customize-hook='rm -rf "$1"/packages "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/usr/share/doc/* "$1"/usr/share/man/* "$1"/var/log/*' \
    bookworm "$folder/root" >&2

umoci init --layout "$image"
umoci new --image "$image:latest"
umoci unpack --image "$image:latest" "$folder/bundle"
cp -a "$folder/root/." "$folder/bundle/rootfs/"
umoci repack --refresh-bundle --image "$image:latest" "$folder/bundle"
umoci config --image "$image:latest" --config.entrypoint galley --config.cmd --help --config.user 65534:65534 --config.workingdir / \
    --config.env LC_ALL=C.UTF-8 --config.exposedports 8081/tcp --config.label org.opencontainers.image.title=galley \
    --config.label 'org.opencontainers.image.description=Proofreader of machine-translated news' \
    --config.label org.opencontainers.image.licenses='MIT AND CC-BY-SA-4.0 AND CC-BY-4.0'
umoci gc --layout "$image"
echo "$image: $(du -sh "$image" | cut -f1)"
