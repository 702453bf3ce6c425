import { bakeEvery } from './bake-every.js';

bakeEvery('2012r2');
