#!/usr/bin/env bash
# Makes the packages of the player in artifacts/packages:
#   kiosk-player_VERSION_amd64.deb, kiosk-player_VERSION_arm64.deb   Debian 12 or newer: boots into the kiosk window
#   kiosk-player_VERSION_win-x64.zip                                 Windows 10 or newer, with install.ps1
# each with FILE.sha256, and with FILE.sig when a key is given. The program brings its own .NET runtime. Safe to repeat; it only writes below artifacts/.
#
# ./package.sh [--version X.Y.Z] [--only amd64|arm64|win-x64] [--sign KEY.pem] [--payload DIR] [--fast] [--out DIR]
#   --version   default: the version of Directory.Build.props
#   --sign      private key (openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY.pem); its public half goes to the
#               players: openssl pkey -in KEY.pem -pubout -out /etc/kiosk/update-keys/NAME.pem
#   --payload   packs the program in DIR instead of building it (needs --only)
#   --fast      packs quickly and larger, for tries
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version= only= key= payload= press=6 out=$here/artifacts/packages
usage() { sed -n '2,/^set/s/^# \{0,1\}//p' "$here/package.sh" | sed '$d'; }
while [ $# -gt 0 ]; do
  case $1 in
    --version|--only|--sign|--payload|--out) [ $# -ge 2 ] || { echo "$1 needs a value [value_missing]" >&2; exit 64; } ;;&
    --version) version=$2; shift 2 ;;
    --only) only=$2; shift 2 ;;
    --sign) key=$(readlink -f "$2"); shift 2 ;;
    --payload) payload=$(readlink -f "$2"); shift 2 ;;
    --out) out=$(readlink -m "$2"); shift 2 ;;
    --fast) press=0; shift ;;
    --help|-h) usage; exit 0 ;;
    *) usage >&2; echo "Unknown option: $1 [unknown_option]" >&2; exit 64 ;;
  esac
done
cd "$here"
case $only in ""|amd64|arm64|win-x64) ;; *) echo "--only takes amd64, arm64 or win-x64 [target_unknown]" >&2; exit 64 ;; esac
[ -z "$payload" ] || [ -n "$only" ] || { echo "--payload needs --only [value_missing]" >&2; exit 64; }
[ -n "$version" ] || version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([~+.][A-Za-z0-9.~+]+)?$ ]] || { echo "--version takes X.Y.Z: $version [version_invalid]" >&2; exit 64; }
command -v dpkg-deb >/dev/null || { echo "dpkg-deb is missing; on Debian it is always there [dpkg_missing]" >&2; exit 1; }
# The same checkout gives the same packages, byte for byte. (Two checkouts do not: a generator of the SDK follows the order in which the disk lists the sources.)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}
umask 022
mkdir -p "$out"
work=$out/.work
trap 'rm -rf "$work"' EXIT

# publish RUNTIME FOLDER: the program with its own runtime. Its packages are pinned in Directory.Packages.props; the lock files, which hold no runtimes,
# are left alone.
publish() {
  echo "Building for $1 (a minute or so)…"
  dotnet publish kiosk/Kiosk.Player -c Release -r "$1" --self-contained -o "$2" -p:Version="${version%%[~+]*}" -p:ContinuousIntegrationBuild=true \
    -p:GenerateDocumentationFile=false -p:NuGetLockFilePath="$work/unlocked.json" -p:RestorePackagesWithLockFile=false -nologo -v q -clp:ErrorsOnly
  rm -f "$2"/*.xml
}

fill() { # RUNTIME FOLDER: the program, its version, and the hash of every file
  mkdir -p "$2"
  if [ -n "$payload" ]; then cp -a "$payload/." "$2/"; else publish "$1" "$2"; fi
  echo "$version" >"$2/VERSION"
  chmod -R u=rwX,go=rX "$2"
  find "$2" -type f -perm /111 ! -name Kiosk.Player ! -name createdump -exec chmod 644 {} +
  (cd "$2" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
}

finish() { # FILE
  (cd "$out" && sha256sum "$(basename "$1")" >"$(basename "$1").sha256")
  rm -f "$1.sig"
  [ -z "$key" ] || openssl dgst -sha256 -sign "$key" -out "$1.sig" "$1"
  echo "$1  ($(du -h "$1" | cut -f 1))"
}

still() { find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

debian() { # ARCH RUNTIME
  local root=$work/$1 deb=$out/kiosk-player_${version}_$1.deb doc
  rm -rf "$root"
  mkdir -p "$root"
  cp -a kiosk/packaging/files/. "$root/"
  install -D -m 644 kiosk/policies/kiosk.json "$root/etc/chromium/policies/managed/kiosk-player.json"
  fill "$2" "$root/usr/lib/kiosk-player/package"
  doc=$root/usr/share/doc/kiosk-player
  mkdir -p "$doc" "$root/DEBIAN" "$root/usr/share/kiosk-player"
  cp docs/guide/zh-CN.md docs/guide/en.md "$doc/"
  printf 'Kiosk player, with the .NET runtime (MIT) and the libraries it names in Kiosk.Player.deps.json.\n' >"$doc/copyright"
  printf 'kiosk-player (%s) stable; urgency=medium\n\n  * See the decisions and the guide of this version.\n\n -- Kiosk <kiosk@localhost>  %s\n' \
    "$version" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.gz"
  cp kiosk/packaging/debian/{conffiles,postinst,prerm,postrm} "$root/DEBIAN/"
  chmod -R u=rwX,go=rX "$root"
  chmod 755 "$root"/DEBIAN/{postinst,prerm,postrm} "$root"/usr/bin/* "$root"/usr/lib/kiosk-player/{versions,player,problem,display}
  # The files alone: how large a folder says it is differs from disk to disk.
  kilobytes=$(find "$root" -path "$root/DEBIAN" -prune -o -type f -printf '%s\n' | awk '{ sum += $1 } END { print int((sum + 1023) / 1024) }')
  sed "s/@VERSION@/$version/; s/@ARCH@/$1/; s/@SIZE@/$kilobytes/" kiosk/packaging/debian/control >"$root/DEBIAN/control"
  (cd "$root" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  chmod 644 "$root"/DEBIAN/{control,md5sums,conffiles}
  still "$root"
  dpkg-deb --root-owner-group -Zxz "-z$press" --build "$root" "$deb.new" >/dev/null
  mv "$deb.new" "$deb"
  finish "$deb"
}

windows() {
  local root=$work/win zip=$out/kiosk-player_${version}_win-x64.zip
  rm -rf "$root"
  fill win-x64 "$root/Kiosk"
  cp kiosk/packaging/windows/* "$root/Kiosk/"
  still "$root"
  rm -f "$zip"
  python3 - "$root" "$zip" <<'PY'
import os, sys, time, zipfile
root, target = sys.argv[1:]
when = time.gmtime(int(os.environ['SOURCE_DATE_EPOCH']))[:6]
with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
    for name in sorted(os.path.join(at, each) for at, _, files in os.walk(root) for each in files):
        with open(name, 'rb') as file:
            pack.writestr(zipfile.ZipInfo(os.path.relpath(name, root), when), file.read(), zipfile.ZIP_DEFLATED)
PY
  finish "$zip"
}

[ -n "$only" ] && [ "$only" != amd64 ] || debian amd64 linux-x64
[ -n "$only" ] && [ "$only" != arm64 ] || debian arm64 linux-arm64
[ -n "$only" ] && [ "$only" != win-x64 ] || windows
