// COM1, to which first boot writes how far it is, as a file: the one thing that is seen of a guest before it listens.
import { expression, template } from './hcl.js';

/** Beside the output folder and not in it: Packer deletes that after a failure. */
export const serialLog = template(expression('dirname(abspath(local.output))'), '/serial.log');
