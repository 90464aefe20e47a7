#!/usr/bin/env bash
# Starts Kiosk on this machine: the hub and one kiosk screen, with demo content in an empty data folder.
# ./run.sh [--port 8080] [--data DIR] [--kiosk window|headless|none] [--lang zh-CN|en]
set -euo pipefail
cd "$(dirname "$0")"
. ./.ci/install.sh

port=8080 data=.data lang=zh-CN kiosk=
# The language first, wherever it stands: what is wrong with the other options is said in it.
for ((at = 1; at < $#; at++)); do [ "${!at}" = --lang ] && { next=$((at + 1)); lang=${!next}; }; done
say() { if [ "$lang" = en ]; then echo "$2"; else echo "$1"; fi; }
refuse() { say "$1" "$2" >&2; exit 64; }
usage() {
  say "启动 Kiosk：服务器和一块显示屏；数据文件夹为空时自带演示内容。
./run.sh [--port 8080] [--data 文件夹] [--kiosk window|headless|none] [--lang zh-CN|en]" \
    "Starts Kiosk on this machine: the hub and one kiosk screen, with demo content in an empty data folder.
./run.sh [--port 8080] [--data DIR] [--kiosk window|headless|none] [--lang zh-CN|en]"
}
while [ $# -gt 0 ]; do
  case $1 in
    --port|--data|--kiosk|--lang) [[ $# -ge 2 && $2 != --* ]] || refuse "$1 后面要有一个值 [value_missing]" "$1 needs a value [value_missing]"; declare "${1#--}=$2"; shift 2 ;;
    --help|-h) usage; exit 0 ;;
    *) usage >&2; refuse "没有这个选项：$1 [unknown_option]" "Unknown option: $1 [unknown_option]" ;;
  esac
done
case $lang in zh-CN|en) ;; *) lang=zh-CN; refuse "--lang 只能是 zh-CN 或 en · --lang takes zh-CN or en [language_unknown]" "" ;; esac
[[ $port =~ ^[0-9]+$ && $port -ge 1 && $port -le 65535 ]] || refuse "--port 要用 1 到 65535 之间的数字 [port_invalid]" "--port takes a number from 1 to 65535 [port_invalid]"
[ -n "$kiosk" ] || { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && kiosk=window || kiosk=headless; }
case $kiosk in window|headless|none) ;; *) refuse "--kiosk 只能是 window、headless 或 none [kiosk_unknown]" "--kiosk takes window, headless or none [kiosk_unknown]" ;; esac

if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  say "端口 $port 已被别的程序占用，请用 --port 换一个。 [port_taken]" "Port $port is taken by another program; choose another with --port. [port_taken]" >&2
  exit 5
fi

packages=(ffmpeg fonts-noto-cjk nodejs npm)
[ "$kiosk" = none ] || packages+=(chromium espeak-ng)
install_missing "$lang" "${packages[@]}"

publish() { dotnet publish "$1" -c Release -o "artifacts/run/$2" -p:RestoreLockedMode=true -nologo -v q -clp:ErrorsOnly >"artifacts/run/$2.log" 2>&1 || { cat "artifacts/run/$2.log" >&2; exit 1; }; }
mkdir -p artifacts/run
say "正在编译服务器（首次要两三分钟）…" "Building the hub (two or three minutes the first time)…"
publish hub/Kiosk.Hub hub
if [ "$kiosk" != none ]; then
  say "正在编译播放程序（首次约一分钟）…" "Building the player (about a minute the first time)…"
  publish kiosk/Kiosk.Player player
fi

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
start_hub() {
  Hub__Language=$lang dotnet artifacts/run/hub/Kiosk.Hub.dll --urls "http://0.0.0.0:$port" --Hub:DataFolder="$data/hub" \
    --Hub:Demo=true --Hub:DemoPairing="$data/kiosk/identity.json" --Hub:PublicAddress="${KIOSK_ADDRESS:-$address}" &
  hub_pid=$!
}

start_hub
until curl -fsS -o /dev/null "$address/health/ready" 2>/dev/null; do
  kill -0 "$hub_pid" 2>/dev/null || { code=0; wait "$hub_pid" || code=$?; hub_pid=; exit "$code"; }
  sleep 0.3
done

# A kiosk that was killed comes back, and one that was told to start anew (75); one that refuses to start has said why.
run_kiosk() {
  local pid= code
  trap '[ -z "$pid" ] || { kill -TERM "$pid"; wait "$pid"; } 2>/dev/null; exit 143' TERM
  while true; do
    KIOSK_SUPERVISED=1 dotnet artifacts/run/player/Kiosk.Player.dll --hub "$address" --data "$data/kiosk" --window "$kiosk" --lang "$lang" &
    pid=$! code=0
    wait "$pid" || code=$?
    [ "$code" -ne 75 ] || { say "播放程序按要求重新启动…" "The player starts anew, as asked…"; continue; }
    [ "$code" -gt 128 ] || exit "$code"
    say "播放程序被意外终止，正在重新启动…" "The player was killed; starting it again…"
  done
}
if [ "$kiosk" != none ]; then
  run_kiosk &
  kiosk_pid=$!
fi

say "管理后台：$address/admin/    （按 Ctrl-C 停止）" "Admin: $address/admin/    (Ctrl-C stops everything)"
[ "$kiosk" != headless ] || say "显示屏在后台运行，没有窗口。看它的画面：管理后台 → 显示屏 → 点这块屏 → 远程操作 → 看一眼。" \
  "The display runs without a window. To see it: admin → Displays → the display → Remote → Look."
# The first address of this machine that others on its network can use; none when it has no network.
lan=$( (hostname -I 2>/dev/null || true) | tr ' ' '\n' | grep -m1 -E '^[0-9]+(\.[0-9]+){3}$' || true)
if [ -n "${KIOSK_ADDRESS:-}" ]; then
  say "手机访问：$KIOSK_ADDRESS" "From a phone: $KIOSK_ADDRESS"
elif [ -n "$lan" ]; then
  say "同一网络里的手机可访问 http://$lan:$port 。要让二维码也用这个地址，请这样启动：KIOSK_ADDRESS=http://$lan:$port ./run.sh" \
    "A phone on the same network reaches http://$lan:$port . To have the QR codes use it, start with: KIOSK_ADDRESS=http://$lan:$port ./run.sh"
fi
# A hub that was killed comes back; the kiosk plays on meanwhile. One that ends by itself ends everything.
while true; do
  code=0
  wait "$hub_pid" || code=$?
  [ "$code" -gt 128 ] || break
  say "服务器被意外终止，正在重新启动…" "The hub was killed; starting it again…"
  start_hub
done
hub_pid=
exit "$code"
