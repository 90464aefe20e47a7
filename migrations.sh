#!/usr/bin/env bash
# Generates the first migration of both providers again from the model. For use before the first release only:
# afterwards migrations are added, never rewritten.
set -euo pipefail
cd "$(dirname "$0")"
dotnet tool restore >/dev/null
project=hub/Kiosk.Hub
rm -rf "$project/Data/Migrations"
dotnet build "$project" -nologo -v q -clp:ErrorsOnly
for provider in Sqlite Postgres; do
  dotnet ef migrations add Initial --no-build --project "$project" --context "${provider}HubDbContext" --output-dir "Data/Migrations/$provider"
  dotnet build "$project" -nologo -v q -clp:ErrorsOnly
done
