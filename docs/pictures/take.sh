#!/usr/bin/env bash
# Takes every picture in this folder again, from the demo, in both languages.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet run --project tests/Kiosk.EndToEnd.Tests -- -explicit only -class "*Pictures"
dotnet run --project tests/Kiosk.EndToEnd.Tests -- -class "*PhonePageTests" -class "*FairPlayPageTests" -class "*DeskPageTests"
for language in zh-CN en; do
  for page in check-in done card meetings leave points data proof-number make-up host-pin; do
    cp "artifacts/phone-pages/$page-390-light-$language.png" "docs/pictures/phone-$page-$language.png"
  done
  for page in today unmatched host-events member-elsewhere display-form; do
    cp "artifacts/desk/$page-1600-$language.png" "docs/pictures/admin-desk-$page-$language.png"
  done
  cp "artifacts/fair-play/waiting-1366-$language.png" "docs/pictures/admin-fair-play-$language.png"
done
dotnet run --project tests/Kiosk.Player.Tests -- -class "*NumbersTests"
for language in zh-CN en; do
  cp "artifacts/bin/Kiosk.Player.Tests/debug/pictures/numbers-pad-1920-$language.png" "docs/pictures/kiosk-number-pad-$language.png"
done
screens=$(mktemp -d)
trap 'rm -rf "$screens"' EXIT
KIOSK_SCREENS="$screens" KIOSK_PICTURES="$screens" dotnet run --project tests/Kiosk.Player.Tests -- -class "*ScreensTests" -class "*HostTests"
for language in zh-CN en; do
  for screen in before-offline during after after-leaving cancelled checkin-done checkin-late checkin-saved checkin-refused; do
    cp "$screens/${language,,}-landscape-$screen.png" "docs/pictures/kiosk-$screen-$language.png"
  done
  for panel in card pin menu counted-panel start; do
    cp "$screens/host-$panel-Landscape-$language.png" "docs/pictures/kiosk-host-$panel-$language.png"
  done
done
