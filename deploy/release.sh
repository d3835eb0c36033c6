#!/usr/bin/env bash
# Brings a new release to the replicas of compose.yaml, one after the other, each when the one before is healthy. The image has what
# browsers load of the two releases before, for pages of theirs that are still open.
#
#   deploy/release.sh
set -euo pipefail
cd "$(dirname "$0")/.."
compose=(docker compose --file deploy/compose.yaml)
there() { docker image inspect "$1" >/dev/null 2>&1; }

if there atelier:former-1; then docker tag atelier:former-1 atelier:former-2; fi
if there atelier; then docker tag atelier atelier:former-1; fi
if there atelier:former-1; then export FORMER_1=atelier:former-1; fi
if there atelier:former-2; then export FORMER_2=atelier:former-2; fi
"${compose[@]}" build shop1
for shop in shop1 shop2 shop3; do
    "${compose[@]}" up --detach --no-deps --wait "$shop"
done
