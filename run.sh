#!/usr/bin/env bash
# Starts Kiosk on this machine: the hub and one kiosk screen, with demo content in an empty data folder.
# ./run.sh [--port 8080] [--data DIR] [--kiosk window|headless|none] [--lang zh-CN|en]
set -euo pipefail
cd "$(dirname "$0")"
. ./.ci/install.sh

port=8080 data=.data lang=zh-CN kiosk=
usage() { sed -n '2,3s/^# //p' "$0"; exit "$1"; }
while [ $# -gt 0 ]; do
  case $1 in
    --port|--data|--kiosk|--lang) [ $# -ge 2 ] || usage 64; declare "${1#--}=$2"; shift 2 ;;
    --help|-h) usage 0 ;;
    *) echo "Unknown option: $1 [unknown_option]" >&2; usage 64 ;;
  esac
done
case $lang in zh-CN|en) ;; *) echo "--lang takes zh-CN or en [language_unknown]" >&2; exit 64 ;; esac
[[ $port =~ ^[0-9]+$ && $port -ge 1 && $port -le 65535 ]] || { echo "--port takes a number from 1 to 65535 [port_invalid]" >&2; exit 64; }
[ -n "$kiosk" ] || { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && kiosk=window || kiosk=headless; }
case $kiosk in window|headless|none) ;; *) echo "--kiosk takes window, headless or none [kiosk_unknown]" >&2; exit 64 ;; esac

say() { if [ "$lang" = en ]; then echo "$2"; else echo "$1"; fi; }

packages=(ffmpeg fonts-noto-cjk nodejs npm)
[ "$kiosk" = none ] || packages+=(chromium)
install_missing "$lang" "${packages[@]}"

say "正在编译（首次约一到两分钟）…" "Building (the first time takes a minute or two)…"
publish() { dotnet publish "$1" -c Release -o "artifacts/run/$2" -nologo -v q -clp:ErrorsOnly >"artifacts/run/$2.log" 2>&1 || { cat "artifacts/run/$2.log" >&2; exit 1; }; }
mkdir -p artifacts/run
publish hub/Kiosk.Hub hub
[ "$kiosk" = none ] || publish kiosk/Kiosk.Player player

hub_pid= kiosk_pid=
stop() {
  trap - EXIT INT TERM
  say "正在停止…" "Stopping…"
  for pid in $kiosk_pid $hub_pid; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in $kiosk_pid $hub_pid; do wait "$pid" 2>/dev/null || true; done
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

address="http://localhost:$port"
Hub__Language=$lang dotnet artifacts/run/hub/Kiosk.Hub.dll --urls "http://0.0.0.0:$port" \
  --Hub:DataFolder="$data/hub" --Hub:Demo=true --Hub:DemoPairing="$data/kiosk/identity.json" --Hub:PublicAddress="${KIOSK_ADDRESS:-$address}" &
hub_pid=$!
until curl -fsS -o /dev/null "$address/health/ready" 2>/dev/null; do
  kill -0 "$hub_pid" 2>/dev/null || { wait "$hub_pid" || code=$?; hub_pid=; exit "${code:-1}"; }
  sleep 0.3
done

if [ "$kiosk" != none ]; then
  dotnet artifacts/run/player/Kiosk.Player.dll --hub "$address" --data "$data/kiosk" --window "$kiosk" --lang "$lang" &
  kiosk_pid=$!
fi

say "管理后台：$address/admin/    （按 Ctrl-C 停止）" "Admin: $address/admin/    (Ctrl-C stops everything)"
# Ends when either of the two ends.
wait -n || true
