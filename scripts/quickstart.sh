#!/bin/sh
# The README's first command: from a fresh machine to a rehearsed image.
set -eu
cd "$(dirname "$0")/.."

sh scripts/setup.sh
npm run --silent build
printf '%s\n' 'quickstart: lyncimg build --os 2012r2' >&2
exec node bin/run.js build --os 2012r2
