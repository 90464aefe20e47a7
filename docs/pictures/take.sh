#!/usr/bin/env bash
# Takes every picture in this folder again, from the demo, in both languages.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec dotnet run --project tests/Kiosk.EndToEnd.Tests -- -explicit only -class "*Pictures"
