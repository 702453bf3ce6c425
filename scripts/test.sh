#!/bin/sh
# The README's second command: everything that a change must pass, quickest first.
set -eu
cd "$(dirname "$0")/.."

sh scripts/setup.sh test

step() {
  printf '\n== %s\n' "$1"
  npm run --silent "$1"
}
step format:check
step lint
step typecheck
step test:unit
step build
step docs:check
step publint
step test:e2e
