#!/bin/sh
# Times cold builds of the same content by limber, hugo and zola, in turn, and says where their work differs.
# usage: benches/compare.sh [ENTRIES] [RUNS]      programs: $LIMBER, or the one built here; $HUGO and $ZOLA, or those on PATH
# Only /usr/bin/time is used, so that all are measured alike.
set -eu
entries=${1:-10000} runs=${2:-5}
here=$(cd "$(dirname "$0")/.." && pwd)
lab=$(mktemp -d /dev/shm/limber-compare.XXXXXX 2>/dev/null || mktemp -d)
trap 'rm -rf "$lab"' EXIT
cd "$here"
limber=${LIMBER:-$here/target/release/limber}
[ -x "$limber" ] || cargo build --release
hugo=${HUGO:-$(command -v hugo || true)}
zola=${ZOLA:-$(command -v zola || true)}
for program in limber hugo zola; do
    cargo bench --quiet -- generate "$lab/$program" --entries "$entries" --for $program
done

# one PROGRAM COMMAND...: prints wall and processor seconds and the peak memory in MiB
one() {
    name=$1
    shift
    rm -rf "$lab/out" "$lab/limber/.limber"
    /usr/bin/time -f "%e %U %S %M" -o "$lab/time" "$@" >"$lab/log" 2>&1 || { cat "$lab/log" >&2; exit 1; }
    awk '{ printf "%.2f %.2f %.0f\n", $1, $2 + $3, $4 / 1024 }' "$lab/time" >>"$lab/$name.times"
    find "$lab/out" -name '*.html' | wc -l >"$lab/$name.pages"
    du -sk --apparent-size "$lab/out" | cut -f1 >"$lab/$name.size"
}

run=0
while [ $run -lt "$runs" ]; do
    one limber "$limber" --root "$lab/limber" build --out "$lab/out"
    [ -z "$hugo" ] || one hugo "$hugo" --source "$lab/hugo" --destination "$lab/out" --quiet
    [ -z "$zola" ] || one zola "$zola" --root "$lab/zola" build --output-dir "$lab/out" --force
    run=$((run + 1))
done

median() { sort -n -k"$2","$2" "$lab/$1.times" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'; }
printf '%-8s %8s %8s %8s %9s %8s %10s\n' "" "wall s" "fastest" "slowest" "cpu s" "MiB" "pages, KiB"
for program in limber hugo zola; do
    [ -f "$lab/$program.times" ] || { echo "$program: not found, not measured"; continue; }
    printf '%-8s %8s %8s %8s %9s %8s %6s %s\n' "$program" "$(median $program 1)" \
        "$(sort -n "$lab/$program.times" | head -1 | cut -d' ' -f1)" "$(sort -n "$lab/$program.times" | tail -1 | cut -d' ' -f1)" \
        "$(median $program 2)" "$(median $program 3)" "$(cat "$lab/$program.pages")" "$(cat "$lab/$program.size")"
done
cat <<'END'

The same for all: front matter, Markdown with tables, footnotes and smart punctuation, contents, lists of related entries
with title and summary, an index per kind, a sitemap, feeds. Where the work differs:
- limber checks every link, field and relation, joins relations that are written on both sides, lists which pages mention an
  entry, makes structured data, and writes aside and exchanges folders, so that a killed build leaves the old site whole.
- hugo looks related pages up by path in its templates and checks no links; it lists no pages that mention an entry.
- zola does the same, and lists backlinks of links that are written as `@/...`, of which these sites have none.
END
