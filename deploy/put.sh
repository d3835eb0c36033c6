#!/usr/bin/env bash
# Puts a build in its place under a folder, /usr/local where none is named: binary, what browsers load, and the demo products where
# there are none yet. What browsers load has a folder for each release, to which "site" and, for pages of the two releases before that
# are still open, "former-1" and "former-2" lead (former-sites in atelier.toml): a shop that runs goes on with its own. Run it in the
# project's folder after `make build`, then restart the shop.
#
#   deploy/put.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
place=${1:-/usr/local}
share=$place/share/atelier
releases=$share/releases

# A release is known by its files.
name_of() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16); }
# The release that a name leads to; nothing where there is none. A folder of before there were links becomes a release.
release_at() {
    [ -e "$share/$1" ] || return 0
    if [ ! -L "$share/$1" ]; then
        local name
        name=$(name_of "$share/$1")
        rm -rf "${releases:?}/$name"
        mv "$share/$1" "$releases/$name"
        ln -s "releases/$name" "$share/$1"
    fi
    basename "$(readlink "$share/$1")"
}
# In one step: there is no moment without.
lead() {
    ln -sfn "releases/$2" "$share/$1.new"
    mv -T "$share/$1.new" "$share/$1"
}

mkdir -p "$releases" "$place/bin"
new=$(name_of target/site)
now=$(release_at site)
former=$(release_at former-1)
if [ ! -e "$releases/$new" ]; then
    rm -rf "$releases/.new"
    cp -r target/site "$releases/.new"
    mv "$releases/.new" "$releases/$new"
fi
# The same once more is no other release.
if [ "$now" != "$new" ]; then
    [ -z "$former" ] || lead former-2 "$former"
    [ -z "$now" ] || lead former-1 "$now"
    lead site "$new"
fi
kept=" $(release_at site) $(release_at former-1) $(release_at former-2) "
for release in "$releases"/*; do
    [[ $kept == *" ${release##*/} "* ]] || rm -rf "$release"
done
[ -e "$share/catalogs" ] || cp -r catalogs "$share/catalogs"
# By another name first: a program that runs can't be written over.
install target/release/atelier "$place/bin/atelier.new"
mv "$place/bin/atelier.new" "$place/bin/atelier"
