#!/bin/sh
# Installs Limber: fetches the archive for this system, compares its checksum, puts the program into a folder.
#
#     sh install.sh [--version 0.1.0] [--to DIR]
#
# LIMBER_DOWNLOADS is the address below which releases lie, for mirrors. Nothing is done outside the folder, and nothing as root.
set -eu

repository="@REPOSITORY@"
version=latest
to="${HOME:-.}/.local/bin"

fail() {
    printf 'error: %s\n' "$1" >&2
    exit 1
}

while [ $# -gt 0 ]; do
    case "$1" in
        --version) [ $# -gt 1 ] || fail "--version needs a number, such as 0.1.0"; version="$2"; shift 2 ;;
        --to) [ $# -gt 1 ] || fail "--to needs a folder"; to="$2"; shift 2 ;;
        -h | --help) echo "sh install.sh [--version 0.1.0] [--to DIR]"; exit 0 ;;
        *) fail "\`$1\` is no option: there are --version and --to" ;;
    esac
done

case "$(uname -s)" in
    Linux) system=unknown-linux-musl ;;
    Darwin) system=apple-darwin ;;
    *) fail "there is no program for $(uname -s): Linux and macOS are supported" ;;
esac
case "$(uname -m)" in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) fail "there is no program for $(uname -m): build it with \`cargo install limber-ssg\`" ;;
esac
name="limber-$machine-$system"

if [ -n "${LIMBER_DOWNLOADS:-}" ]; then
    base="$LIMBER_DOWNLOADS"
elif [ "$version" = latest ]; then
    base="https://github.com/$repository/releases/latest/download"
else
    base="https://github.com/$repository/releases/download/v${version#v}"
fi

fetch() {
    if command -v curl >/dev/null 2>&1; then
        curl --fail --silent --show-error --location --output "$2" "$1" || fail "$1 cannot be fetched"
    elif command -v wget >/dev/null 2>&1; then
        wget --quiet --output-document="$2" "$1" || fail "$1 cannot be fetched"
    else
        fail "neither curl nor wget is here"
    fi
}

sum() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum "$1" | cut -d' ' -f1
    else
        shasum -a 256 "$1" | cut -d' ' -f1
    fi
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch "$base/$name.tar.gz" "$work/limber.tar.gz"
fetch "$base/$name.tar.gz.sha256" "$work/limber.sha256"
wanted=$(cut -d' ' -f1 <"$work/limber.sha256")
found=$(sum "$work/limber.tar.gz")
[ "$wanted" = "$found" ] || fail "the archive is not the one that was released: its checksum is $found, and should be $wanted"
tar -xzf "$work/limber.tar.gz" -C "$work"
mkdir -p "$to"
to=$(cd "$to" && pwd)
# A program that runs cannot be written to, but it can be replaced.
cp "$work/$name/limber" "$to/.limber-new"
chmod 755 "$to/.limber-new"
mv -f "$to/.limber-new" "$to/limber"
printf 'installed %s as %s\n' "$("$to/limber" -V)" "$to/limber"
case ":${PATH:-}:" in
    *":$to:"*) ;;
    *) printf 'add %s to your PATH\n' "$to" ;;
esac
