#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test. Ends with the line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"
. ./.ci/install.sh

install_missing en ffmpeg fonts-noto-cjk nodejs npm chromium espeak-ng xvfb xdotool strace libvlc5 vlc-plugin-base vlc-plugin-video-output postgresql || exit 1
echo "Building…"
dotnet build Kiosk.sln -m:2 -nologo -v q -clp:ErrorsOnly || { echo "0 passed, 1 failed"; exit 1; }

# Spares processes that live for a minute mapping every piece of compiled code twice.
export DOTNET_EnableWriteXorExecute=0
passed=0 failed=0 skipped=0 failures=

# run PROJECT [NICENESS]: its output, and its exit code in a file.
run() {
  local code=artifacts/$(basename "$1").code
  rm -f "$code"
  nice -n "${2:-0}" dotnet test --project "$1" --no-build --output Normal 2>&1
  echo $? >"$code"
}

# tally PROJECT: adds to the sums what its log says.
tally() {
  local name log code p f s
  name=$(basename "$1") log=artifacts/$(basename "$1").log
  code=$(cat "artifacts/$name.code" 2>/dev/null || echo none)
  count() { grep -oE "^ +$1: [0-9]+" "$log" | tail -n 1 | grep -oE '[0-9]+' || echo 0; }
  p=$(count succeeded) f=$(count failed) s=$(count skipped)
  # A run that ended badly without naming a failed test (a crash, no test at all) is a failure all the same.
  [ "$code" = 0 ] || [ "$f" != 0 ] || f=1
  [ "$f" = 0 ] || failures+=$(grep -A 8 '^failed ' "$log" || echo "$name ended badly (exit code $code)")$'\n'
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# The hub's tests use what the evenings with browsers leave, and give way to them. Their output follows when they are through.
# All others have the machine to themselves: what they play and show is measured by the clock.
hub=tests/Kiosk.Hub.Tests evenings=tests/Kiosk.EndToEnd.Tests
for project in $(ls -d tests/*.Tests | grep -vx -e $hub -e $evenings) $evenings; do
  if [ "$project" = $evenings ]; then
    echo "== Kiosk.Hub.Tests begin beside what follows"
    set -m
    run $hub 5 >artifacts/Kiosk.Hub.Tests.log </dev/null &
    set +m
    # Whoever ends this script ends them too.
    trap "kill -- -$! 2>/dev/null" EXIT
    trap 'exit 130' INT TERM
  fi
  echo "== $(basename "$project")"
  run "$project" | tee "artifacts/$(basename "$project").log"
  tally "$project"
done
wait
trap - EXIT INT TERM
echo "== Kiosk.Hub.Tests"
cat artifacts/Kiosk.Hub.Tests.log
tally $hub

[ "$skipped" = 0 ] || echo "$skipped skipped; each says above why"
# Once more at the end, where a log of any length cannot bury them.
[ "$failed" = 0 ] || printf '== What failed\n%s' "$failures"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
