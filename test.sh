#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test. Ends with the line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"
. ./.ci/install.sh

install_missing en ffmpeg fonts-noto-cjk nodejs npm chromium espeak-ng xvfb xdotool strace libvlc5 vlc-plugin-base vlc-plugin-video-output postgresql || exit 1
echo "Building…"
dotnet build Kiosk.sln -m:2 -nologo -v q -clp:ErrorsOnly || { echo "0 passed, 1 failed"; exit 1; }

passed=0 failed=0 skipped=0 failures=
for project in tests/*.Tests; do
  name=$(basename "$project")
  echo "== $name"
  log=artifacts/$name.log
  dotnet test --project "$project" --no-build --output Normal 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  count() { grep -oE "^ +$1: [0-9]+" "$log" | tail -n 1 | grep -oE '[0-9]+' || echo 0; }
  p=$(count succeeded) f=$(count failed) s=$(count skipped)
  # A run that ended badly without naming a failed test (a crash, no test at all) is a failure all the same.
  [ "$code" = 0 ] || [ "$f" != 0 ] || f=1
  [ "$f" = 0 ] || failures+=$(grep -A 8 '^failed ' "$log" || echo "$name ended badly (exit code $code)")$'\n'
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

[ "$skipped" = 0 ] || echo "$skipped skipped; each says above why"
# Once more at the end, where a log of any length cannot bury them.
[ "$failed" = 0 ] || printf '== What failed\n%s' "$failures"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
