#!/usr/bin/env bash
# loopback-only.sh COMMAND…: runs it in a network of its own that has the loopback and nothing else, and
# counts what tried to leave. The kernel counts a packet, a look-up or a connection for which there is no
# way (OutNoRoutes), also where the program that made it hides the failure. One such, and this fails.
set -euo pipefail

# Root may take a network of its own; anybody else first becomes root of a user namespace, where that is allowed.
inside='ip link set lo up && exec "$@"'
if [ "${CAVENDISH_NETWORK:-}" != loopback ]; then
  for way in '--net' '--map-root-user --net'; do
    if unshare $way bash -c "$inside" inside true 2>/dev/null; then
      CAVENDISH_NETWORK=loopback exec unshare $way bash -c "$inside" inside "$0" "$@"
    fi
  done
  echo 'NOT PROVEN: this machine lets no program give up its network, so that what leaves loopback is not counted'
  CAVENDISH_NETWORK=kept exec "$@"
fi

no_routes() {
  awk '/^Ip: [0-9]/ { sum += $13 } /OutNoRoutes/ && !/^Ip:/ { sum += $2 } END { print sum }' /proc/net/snmp /proc/net/snmp6
}

status=0
"$@" || status=$?
left=$(no_routes)
printf 'network: loopback only; %s attempts to leave it\n' "$left"
[ "$left" -eq 0 ] || exit 70
exit "$status"
