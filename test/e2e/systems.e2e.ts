// One role on each of the other systems; the front end on 2012 R2 is build.e2e.ts. The whole matrix is test:matrix.
import { bakeEvery } from '../matrix/bake-every.js';

bakeEvery('2008r2', ['edge']);
bakeEvery('2012', ['edge']);
