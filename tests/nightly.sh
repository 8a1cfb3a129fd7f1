#!/usr/bin/env bash
# What takes longer than a change should wait for: the loader under 100,000 broken specs, the schema in the real YAML language server,
# and trainings whose results were published. Needs the .NET 10 SDK; Node.js 18 and the npm registry for the language server.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step "100,000 specs that are broken at random"
VAE_FUZZ="${VAE_FUZZ:-100000}" dotnet test tests/Vae.Dsl.Tests -c Release --filter RobustnessTests

step "all specs in the YAML language server"
npm ci --prefix tests/editors
npm test --prefix tests/editors

step "a training with published losses"
output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT
dotnet run -c Release --project src/Vae.Tool -- train specs/published/pytorch-examples-mnist.vae.yaml -o "$output/model"
