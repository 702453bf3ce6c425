import { mutationMatrix } from './mutation-matrix.js';

mutationMatrix('2012');
