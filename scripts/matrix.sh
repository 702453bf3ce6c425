#!/bin/sh
# Every supported role on every Windows: baked on the twin and verified as a deployed machine, each playbook linted, each
# need mutated. Takes a quarter of an hour on two cores, so it is no part of npm test.
set -eu
cd "$(dirname "$0")/.."

sh scripts/setup.sh test
npm run --silent build
exec npx mocha --config .mocharc.matrix.json "test/matrix/**/*.matrix.ts"
