#!/usr/bin/env bash
# Tries the Debian package for real: a fresh Debian root made by debootstrap, booted with systemd in a container, a screen of Xorg's dummy driver, the
# units as they are, a hub outside. Needs root, debootstrap, systemd-container, zbar-tools, ffmpeg and python3; about 2 GB under the folder.
#
# tests/install/try.sh [--folder /tmp/kiosk-install] [--hub FOLDER] [--deb FILE] [--slow] [--again]
#   --hub    a published hub (default: publishes one)           --deb    the package to try (default: builds it)
#   --slow   also a version that starts but never paints (some four minutes more)
#   --again  uses the root of the last run instead of a fresh one; the package is purged first
# Leaves pictures and logs in the folder; ends with "N held, N failed".
set -uo pipefail
cd "$(dirname "$0")/../.."
folder=/tmp/kiosk-install hub= deb= slow=false again=false
while [ $# -gt 0 ]; do
  case $1 in
    --folder) folder=$2; shift 2 ;;
    --hub) hub=$(readlink -f "$2"); shift 2 ;;
    --deb) deb=$(readlink -f "$2"); shift 2 ;;
    --slow) slow=true; shift ;;
    --again) again=true; shift ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d'; exit 64 ;;
  esac
done
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 1; }
for tool in debootstrap systemd-nspawn zbarimg ffmpeg python3 nsenter; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 1; }; done
root=$folder/root port=8190 address=http://127.0.0.1:8190 held=0 failed=0
mkdir -p "$folder"
name=$(basename "$folder")

ok() { held=$((held + 1)); echo "held    $*"; }
no() { failed=$((failed + 1)); echo "FAILED  $*"; }
# check WHAT COMMAND…: polls until the command is true, for at most $limit seconds
limit=120
check() {
  local what=$1 began=$SECONDS
  shift
  until "$@" >/dev/null 2>&1; do
    [ $((SECONDS - began)) -lt $limit ] || { no "$what (not within $limit s)"; return 1; }
    sleep 0.5
  done
  ok "$what ($((SECONDS - began)) s)"
}
inside() { nsenter -t "$container" -m -u -i -p -- "$@"; }
user() { inside env DISPLAY=:0 XAUTHORITY=/run/kiosk-display/Xauthority "$@"; }
screen() { user xwd -root -silent >"$folder/screen.xwd" && ffmpeg -v error -y -i "$folder/screen.xwd" "$folder/$1.png"; }
scanned() { zbarimg -q --raw "$folder/$1.png" 2>/dev/null; }
code_shown() { screen pairing && grep -q 'code=' <<<"$(scanned pairing)"; }
active() { inside systemctl -q is-active kiosk-player.service; }
player_pid() { inside systemctl show -P MainPID kiosk-player.service; }
new_player() { active && now=$(player_pid) && [ "$now" != 0 ] && [ "$now" != "$1" ]; }
state() { inside /usr/lib/kiosk-player/versions status; }
# Not "… | grep -q": it leaves at the first match, and with pipefail what is still being said counts against it.
current_is() { grep -q "^current $1-" <<<"$(state)"; }
operator() { python3 tests/install/operator.py $address "$password" "$@"; }
reports() { grep -q "^$1" <<<"$(operator version)"; }
# The share of the screen that is black, in percent.
covered() { screen "$1" && [ "$(ffmpeg -v info -i "$folder/$1.png" -vf blackframe=amount=0:threshold=16 -f null - 2>&1 | sed -n 's/.*pblack:\([0-9]*\).*/\1/p')" -lt 50 ]; }

boot() { # [--read-only]: as with a system disk that was made read-only after an error
  unshare -m --propagation private bash -c 'mount -t tmpfs tmpfs /run && mkdir -p /run/systemd && exec systemd-nspawn -q -D "$0" --register=no --keep-unit --console=pipe "$@" -b' \
    "$root" "$@" </dev/null >"$folder/boot.log" 2>&1 &
  nspawn=$!
  for _ in $(seq 300); do
    container=$(pgrep -P "$nspawn" | head -n 1)
    [ -z "$container" ] || case $(inside systemctl is-system-running 2>/dev/null) in running | degraded | starting) return ;; esac
    sleep 0.2
  done
  echo "the container did not boot; see $folder/boot.log" >&2
  exit 1
}
halt() { # power_cut: no goodbye; else an orderly shutdown
  if [ "${1:-}" = power_cut ]; then kill -KILL "$container" "$nspawn"; else inside systemctl --no-block poweroff; fi
  wait "$nspawn" 2>/dev/null || true
  container=
}
container= nspawn= hub_pid=
finish() {
  [ -z "$container" ] || { inside journalctl --no-pager >"$folder/journal.txt"; halt power_cut; }
  [ -z "$hub_pid" ] || kill "$hub_pid"
  echo "$held held, $failed failed"
  [ $failed = 0 ]
}
trap 'trap - EXIT; finish; exit $?' EXIT

[ -n "$deb" ] || { ./package.sh --only amd64 --out "$folder/packages" || exit 1; deb=$(ls -t "$folder"/packages/*_amd64.deb | head -n 1); }
[ -n "$hub" ] || { dotnet publish hub/Kiosk.Hub -c Release -o "$folder/hub" -nologo -v q -clp:ErrorsOnly || exit 1; hub=$folder/hub; }
version=$(dpkg-deb -f "$deb" Version)
chroot_() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 "$@"; }
if ! $again || [ ! -d "$root" ]; then
  rm -rf "$root"
  echo "A fresh root…"
  debootstrap --variant=minbase --include=ca-certificates,systemd,systemd-sysv,dbus,udev bookworm "$root" http://deb.debian.org/debian >"$folder/debootstrap.log" 2>&1 || { tail "$folder/debootstrap.log"; exit 1; }
  chroot_ apt-get update -qq >/dev/null
  # What a machine with a screen has and a container has not.
  chroot_ apt-get install -y -qq --no-install-recommends xserver-xorg-video-dummy x11-apps >"$folder/apt.log" 2>&1
  chroot_ rm -f /usr/sbin/policy-rc.d
fi
mkdir -p "$root/etc/X11/xorg.conf.d" "$root/var/tmp"
cp tests/install/dummy-screen.conf "$root/etc/X11/xorg.conf.d/90-dummy.conf"
chroot_ apt-get purge -y -qq kiosk-player >/dev/null 2>&1

# Versions: a newer one, one that ends at once, one that runs but never paints. All from the program of the package.
payload=$folder/payload
rm -rf "$payload"
mkdir -p "$payload"
dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$payload" ./usr/lib/kiosk-player/package
payload=$payload/usr/lib/kiosk-player/package
pack() { ./package.sh --version "$1" --only amd64 --fast --payload "$payload" --out "$root/var/tmp" >/dev/null; }
cp "$deb" "$root/var/tmp/first.deb"
pack 9.1.0
cp "$payload/Kiosk.Player" "$folder/Kiosk.Player.whole"
printf '#!/bin/sh\nexit 70\n' >"$payload/Kiosk.Player"
pack 9.2.0
cp "$folder/Kiosk.Player.whole" "$payload/Kiosk.Player"
if $slow; then rm -f "$payload/wwwroot/js/stage.js"; pack 9.3.0; fi

echo "Installing $version…"
chroot_ apt-get install -y -q --no-install-recommends /var/tmp/first.deb >"$folder/install.log" 2>&1 && ok "apt installs it" || { no "apt installs it"; tail "$folder/install.log"; exit 1; }
[ -z "$(chroot_ dpkg -V kiosk-player 2>&1)" ] && ok "its files are as packed" || no "its files are as packed"
[ -z "$(chroot_ systemd-analyze verify kiosk-display.service kiosk-player.service 2>&1)" ] && ok "systemd finds nothing wrong with the units" || no "systemd finds nothing wrong with the units"

echo "Booting…"
boot
limit=120 check "the screen says that the hub is not named" active && check "the window covers the screen" covered first
[ "$(inside ps -o user= -p "$(player_pid)")" = kiosk ] && ok "it runs as the user kiosk" || no "it runs as the user kiosk"
inside pgrep -f 'type=renderer' >/dev/null && ! inside pgrep -f -- '--no-sandbox' >/dev/null && ok "the browser keeps its sandbox" || no "the browser keeps its sandbox"
inside grep -q 'DontVTSwitch' /run/kiosk-display/Xorg.log && ok "the X server leaves no way to a console" || no "the X server leaves no way to a console"
inside systemctl -q is-active getty@tty1.service && no "no log-in prompt beneath the screen" || ok "no log-in prompt beneath the screen"

echo "A hub outside…"
rm -rf "$folder/hubdata"
Hub__Language=zh-CN dotnet "$hub/Kiosk.Hub.dll" --urls $address --Hub:DataFolder="$folder/hubdata" --Hub:Demo=true --Hub:PublicAddress=$address >"$folder/hub.log" 2>&1 &
hub_pid=$!
check "the hub answers" curl -fsS $address/health/ready
said_password() { password=$(sed -n 's/.*演示管理员：admin .*：\([a-z0-9]*\)$/\1/p' "$folder/hub.log") && [ -n "$password" ]; }
check "and has printed the demo's password" said_password
inside kiosk-setup --hub $address >"$folder/setup.log" && ok "kiosk-setup writes the address" || no "kiosk-setup writes the address"
check "the screen shows a pairing code a phone can read" code_shown
code=$(scanned pairing | sed -n 's/.*code=//p')
operator claim "$code" "安装试验" >/dev/null && ok "the administrator claims it" || no "the administrator claims it"
check "the display tells the hub its version" reports "${version%%[~+]*}"
paired() { screen playing && ! grep -q 'pair?code=' <<<"$(scanned playing)"; }
check "the pairing code is gone from the screen" paired

echo "Faults…"
before=$(player_pid)
inside kill -KILL "$before"
check "a killed player is back" new_player "$before"
before=$(player_pid)
inside pkill -KILL -x Xorg
check "a killed X server is back, and the player with it" new_player "$before"
# Without a configured device Xorg finds no screen here, as on a box whose TV is unplugged.
inside mv /etc/X11/xorg.conf.d/90-dummy.conf /etc/X11/
inside systemctl --no-block restart kiosk-display
keeps_trying() { [ "$(inside systemctl show -P NRestarts kiosk-display.service)" -ge 2 ]; }
check "without a screen it keeps trying" keeps_trying
inside mv /etc/X11/90-dummy.conf /etc/X11/xorg.conf.d/
limit=180 check "and comes up once there is one" active
before=$(player_pid)
inside kill -STOP "$before"
limit=120 check "a player that hangs is ended and started again" new_player "$before"
printf '{ "hub": "%s" ' $address >"$root/etc/kiosk/player.json.bad"
inside cp -p /etc/kiosk/player.json /etc/kiosk/player.json.good
inside cp /etc/kiosk/player.json.bad /etc/kiosk/player.json
inside systemctl --no-block restart kiosk-player
problem_shown() { screen problem && inside pgrep -f show-problem; }
check "broken settings are told on the screen" problem_shown
sleep 3 && screen problem # the page needs a moment; the picture is for people
inside cp -p /etc/kiosk/player.json.good /etc/kiosk/player.json
limit=180 check "with the settings put right it plays again" active
halt power_cut
boot
check "after a power cut it boots into the window" active
check "and is still paired" paired
cached() { [ -n "$(ls "$root/var/lib/kiosk/data/media")" ]; }
check "it has fetched what it plays" cached
halt
boot --read-only
# A container is given a /tmp of its own; a machine is not.
inside systemctl stop kiosk-player kiosk-display
inside umount /tmp
inside systemctl --no-block start kiosk-display
limit=180 check "on a disk that became read-only it boots into the window" active
check "and is paired" paired
covered read-only && ok "and plays what it has" || no "and plays what it has"
read_only_told() { grep -q '^data_folder_not_writable' <<<"$(operator faults)"; }
check "the administrator is told" read_only_told
halt power_cut
boot
check "and once the disk is mended it plays from it again" active

echo "Updates…"
inside kiosk-update /var/tmp/kiosk-player_9.1.0_amd64.deb >"$folder/update.log" 2>&1 && ok "an update that comes up is kept" || { no "an update that comes up is kept"; tail -n 5 "$folder/update.log"; }
current_is 9.1.0 && ok "the new version is current" || no "the new version is current"
began=$SECONDS
inside kiosk-update /var/tmp/kiosk-player_9.2.0_amd64.deb >"$folder/broken.log" 2>&1 && no "an update that ends at once gives way" || ok "an update that ends at once gives way ($((SECONDS - began)) s with the installation)"
current_is 9.1.0 && ok "the version before it is current" || no "the version before it is current"
check "and runs" active
told() { grep -q '^update_failed' <<<"$(operator faults)"; }
check "the administrator is told" told
operator faults
printf 'bad' >>"$root/var/tmp/kiosk-player_9.2.0_amd64.deb"
inside kiosk-update /var/tmp/kiosk-player_9.2.0_amd64.deb >"$folder/damaged.log" 2>&1 && no "a damaged package is refused" || grep -q package_damaged "$folder/damaged.log" && ok "a damaged package is refused" || no "a damaged package is refused by its hash"
if $slow; then
  began=$SECONDS
  inside kiosk-update /var/tmp/kiosk-player_9.3.0_amd64.deb >"$folder/silent.log" 2>&1 && no "an update that never paints gives way" || ok "an update that never paints gives way ($((SECONDS - began)) s)"
  check "and the old one runs" active
fi
inside kiosk-update --back >"$folder/back.log" 2>&1 && current_is "$version" && ok "by hand it goes back to the version before" || no "by hand it goes back to the version before"
covered after && ok "the window covers the screen" || no "the window covers the screen"

echo "Power cuts in the middle of an update…"
for after in 0.5 2 4 8 12; do
  (inside kiosk-update /var/tmp/kiosk-player_9.1.0_amd64.deb >>"$folder/cut.log" 2>&1 &)
  sleep $after # the moment is what is tried
  halt power_cut
  boot
  limit=120 check "cut after $after s: the player comes up" active
done
limit=300
settle() { inside kiosk-update /var/tmp/kiosk-player_9.1.0_amd64.deb && current_is 9.1.0; }
check "then the update goes through" settle

echo "Removing it…"
inside apt-get remove -y -qq kiosk-player >/dev/null 2>&1
[ -d "$root/var/lib/kiosk/data" ] && [ -f "$root/etc/kiosk/player.json" ] && [ ! -d "$root/opt/kiosk" ] && ok "removing keeps data and settings" || no "removing keeps data and settings"
inside apt-get purge -y -qq kiosk-player >/dev/null 2>&1
[ ! -e "$root/var/lib/kiosk" ] && [ ! -e "$root/etc/kiosk/player.json" ] && ok "purging removes both" || no "purging removes both"
