// The codes of doctor, and of the choice of a tool by the environment. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';
import type { PassedOver } from './tools.js';

export const doctorCodes = {
  /** A variable that names the program to use for a tool names none that is that tool. */
  E_TOOL_CHOICE: code<{ variable: string; value: string; tool: string; passedOver: PassedOver[] }>({
    title: 'a variable names no such tool',
    message: ({ variable, value, tool, passedOver }) => {
      const named = `${variable} is ${JSON.stringify(value)}`;
      if (passedOver.length > 0)
        return [
          `${named}, which is not ${tool}.`,
          ...passedOver.map(({ path, why }) => `${path}: ${why}`),
        ].join('\n');
      return value.includes('/')
        ? `${named}, which is a relative path: it would be another program in each folder.`
        : `${named}, and no program of that name is in any folder of PATH.`;
    },
    hint: ({ variable, tool }) => [
      `Set ${variable} to the absolute path of ${tool}, or to its name in a folder of PATH.`,
      `Or take what PATH has: unset ${variable}`,
    ],
    exit: 2,
  }),
  /** What a build needs of this machine is not there; said before anything is started. */
  E_DOCTOR_PROBLEMS: code<{ problems: string[]; fixes: string[] }>({
    title: 'this machine cannot bake what is asked for',
    message: ({ problems }) => problems.join('\n'),
    hint: ({ fixes }) => [...fixes, 'lyncimg doctor looks at everything, and says how each thing is mended.'],
    exit: 3,
  }),
};
