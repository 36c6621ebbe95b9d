# What Debian 12 must have, and installing what it has not. Sourced by ./run and ./test.

packages_build="build-essential meson ninja-build pkg-config libhunspell-dev hunspell-en-us
    hunspell-en-gb libxml2-dev libicu-dev libpcre2-dev libinih-dev libjansson-dev libmicrohttpd-dev libzip-dev
    libmd4c-dev libcunit1-dev"
packages_test="libxml2-utils unicode-data valgrind python3 neovim"
# The programs whose tests run only where they are installed (./test --hosts installs them).
packages_hosts="chromium xvfb xdotool imagemagick dbus at-spi2-core python3-gi gir1.2-atspi-2.0 geany libgtk-3-dev
    debhelper lintian mmdebstrap umoci crun appstream openbox omegat libreoffice-writer python3-uno"
command -v npm >/dev/null || packages_hosts="$packages_hosts nodejs npm"

# install_packages GROUP...: asks nothing, and does nothing where all are there.
install_packages() {
    local group package missing=()
    for group in "$@"; do
        local list="packages_$group"
        for package in ${!list}; do
            dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null |
                grep -q '^install ok installed' || missing+=("$package")
        done
    done
    if [ ${#missing[@]} -eq 0 ]; then
        return 0
    fi
    echo "installing: ${missing[*]}" >&2
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        as_root=(sudo)
    fi
    # Standard output belongs to the command that is run.
    {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
                --no-install-recommends "${missing[@]}"
    } >&2 || {
        echo "could not install: ${missing[*]}" >&2
        return 2
    }
}
