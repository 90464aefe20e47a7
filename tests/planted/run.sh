#!/usr/bin/env bash
# Plants each bug of this folder into a copy of the repository and shows that the suite catches it.
# A patch's second line names the project and the test classes that must fail. Ends with 1 when a bug is not caught,
# when a patch no longer applies (then the code it was made for has changed: make it anew), or when the copy does not build.
# Usage: tests/planted/run.sh [NAME…]
set -uo pipefail
cd "$(dirname "$0")/../.."
copy=$(mktemp -d "${TMPDIR:-/tmp}/kiosk-planted-XXXXXX")
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --null -T - -c | tar -x -C "$copy"
results=() bad=0
note() { results+=("$1"); echo "$1"; }

shopt -s nullglob
patches=(tests/planted/*.patch)
if [ $# -gt 0 ]; then
  patches=()
  for name in "$@"; do patches+=("tests/planted/$name.patch"); done
fi
for patch in "${patches[@]}"; do
  name=$(basename "$patch" .patch)
  read -r project classes < <(sed -n 's/^tests: //p' "$patch")
  echo "== $name: $(head -n 1 "$patch")"
  if ! patch -d "$copy" -p1 --fuzz=0 --no-backup-if-mismatch -s < "$patch"; then
    note "NO LONGER APPLIES  $name"
    exit 1
  fi

  log=$copy/artifacts/planted.log
  mkdir -p "$copy/artifacts"
  if ! (cd "$copy" && dotnet build "tests/$project" -nologo -v q -clp:ErrorsOnly) > "$log" 2>&1; then
    tail -n 20 "$log"
    note "DOES NOT BUILD     $name"
    bad=1
  else
    # A planted bug may make a test wait for ever; those that failed before the time is up count.
    # shellcheck disable=SC2086 # the classes are separate words on purpose
    (cd "$copy" && set -f && timeout 5m dotnet test --project "tests/$project" --no-build --output Normal -- --filter-class $classes) > "$log" 2>&1
    caught=$(grep -oE '^ *failed [A-Za-z0-9_.]+' "$log" | sed 's/.*\.//' | sort -u | paste -sd ' ' -)
    if [ -n "$caught" ]; then
      note "caught             $name: $caught"
    else
      tail -n 20 "$log"
      note "NOT CAUGHT         $name"
      bad=1
    fi
  fi

  patch -d "$copy" -p1 --fuzz=0 --no-backup-if-mismatch -s -R < "$patch" || exit 1
done

printf '\n%s\n' "planted bugs:"
printf '  %s\n' "${results[@]}"
exit "$bad"
