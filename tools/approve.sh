#!/bin/sh
# tools/approve.sh [-y] [BUILD]: shows how the texts that tests printed differ from the approved files, and
# accepts them one by one after a yes; -y accepts all. BUILD is a build folder, build/dev when left out.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
all=no
if [ "${1:-}" = "-y" ]; then all=yes; shift; fi
received=${1:-$root/build/dev}/tests/received
[ -d "$received" ] || { echo "nothing was received"; exit 0; }
find "$received" -type f | sort | while read -r file; do
    name=${file#"$received"/}
    diff -u "$root/$name" "$file" 2>/dev/null || [ -f "$root/$name" ] || cat "$file"
    answer=y
    if [ $all = no ]; then
        printf 'accept %s? [y/N] ' "$name"
        read -r answer </dev/tty
    fi
    [ "$answer" = y ] || continue
    mkdir -p "$(dirname "$root/$name")"
    mv "$file" "$root/$name"
    echo "accepted $name"
done
