#!/usr/bin/env bash
# Brings a new release to the replicas of compose.yaml, one after the other, each when the one before is healthy. The image has what
# browsers load of the two releases before, for pages of theirs that are still open.
#
#   deploy/release.sh
set -euo pipefail
cd "$(dirname "$0")/.."
compose=(docker compose --file deploy/compose.yaml)
id() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null || true; }
# Builds with what these two images left, by a name of its own: a build that fails changes nothing.
build() {
    local formers=()
    if [ -n "$(id "$1")" ]; then formers+=("FORMER_1=$1"); fi
    if [ -n "$(id "$2")" ]; then formers+=("FORMER_2=$2"); fi
    env SHOP_IMAGE=atelier:next ${formers[@]+"${formers[@]}"} "${compose[@]}" build shop1
}

# As the present one was built, the same once more is the same image, and no other release.
build atelier:former-1 atelier:former-2
if [ "$(id atelier:next)" != "$(id atelier)" ]; then
    build atelier atelier:former-1
    if [ -n "$(id atelier:former-1)" ]; then docker tag atelier:former-1 atelier:former-2; fi
    if [ -n "$(id atelier)" ]; then docker tag atelier atelier:former-1; fi
    docker tag atelier:next atelier
fi
for shop in shop1 shop2 shop3; do
    "${compose[@]}" up --detach --no-deps --wait "$shop"
done
