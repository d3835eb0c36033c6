#!/usr/bin/env bash
# Puts a build in its place under a folder, /usr/local where none is named: binary, what browsers load, and the demo products where
# there are none yet. What browsers load of the two releases before stays beside it, for pages of theirs that are still open
# (former-sites in atelier.toml). Run it in the project's folder after `make build`, then restart the shop.
#
#   deploy/put.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
place=${1:-/usr/local}
share=$place/share/atelier

mkdir -p "$share" "$place/bin"
rm -rf "$share/site.new"
cp -r target/site "$share/site.new"
# The same once more is no other release.
if [ -e "$share/site" ] && ! diff -rq "$share/site" "$share/site.new" >/dev/null; then
    rm -rf "$share/former-2"
    [ ! -e "$share/former-1" ] || mv "$share/former-1" "$share/former-2"
    mv "$share/site" "$share/former-1"
fi
rm -rf "$share/site"
mv "$share/site.new" "$share/site"
[ -e "$share/catalogs" ] || cp -r catalogs "$share/catalogs"
# By another name first: a program that runs can't be written over.
install target/release/atelier "$place/bin/atelier.new"
mv "$place/bin/atelier.new" "$place/bin/atelier"
