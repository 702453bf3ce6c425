import { mutationMatrix } from './mutation-matrix.js';

mutationMatrix('2008r2');
