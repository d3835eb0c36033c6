#!/usr/bin/env bash
# Whether a shop is ready for shoppers: ready.sh [HOST [PORT]]. For images that have no curl.
set -euo pipefail
exec 3<>"/dev/tcp/${1:-127.0.0.1}/${2:-3000}"
printf 'GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
