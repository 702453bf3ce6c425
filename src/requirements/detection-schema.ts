// How a role writes down what shows that a package is there.
import { z } from 'zod';

const version = z
  .string()
  .regex(/^\d+(\.\d+)*$/, 'A version is numbers with dots between them, e.g. 11.0.50727.');
const doubtful = z
  .boolean()
  .optional()
  .meta({ description: 'Nobody has confirmed it: what it says counts as unknown.' });

export const detectionSchema = z.union([
  z.strictObject({
    uninstall: z
      .string()
      // A task asks for the key by its path, so it must be the name of one key.
      .regex(/^[^\\/\s][^\\/]*$/, 'The name of one uninstall key.')
      .meta({ description: 'Name of the uninstall key.' }),
    minVersion: version.optional().meta({ description: 'At least this DisplayVersion.' }),
    view: z.literal([64, 32]).optional().meta({
      description: 'Only a program of so many bits counts; both registry views where it is absent.',
    }),
    doubtful,
  }),
  z.strictObject({
    dotnetRelease: z.int().positive().meta({ description: 'At least this Release of .NET Framework 4.' }),
    doubtful,
  }),
  z.strictObject({
    powershell: version.meta({ description: 'At least this version of PowerShell.' }),
    doubtful,
  }),
  z.strictObject({
    file: z
      .string()
      .regex(
        /^[A-Za-z]:\\[^*?"<>|/]+$/,
        'A file is named with its drive, e.g. C:\\Program Files\\Agent\\agent.exe.',
      )
      .meta({ description: 'A file on the machine.' }),
    minVersion: version.optional().meta({ description: 'At least this file version.' }),
    doubtful,
  }),
  z.strictObject({
    registry: z.strictObject({
      path: z
        .string()
        .regex(/^HKLM\\[^\\]+(\\[^\\]+)*$/, 'A path is HKLM and a key, e.g. HKLM\\SOFTWARE\\Contoso.'),
      name: z.string(),
      type: z.enum(['dword', 'string']),
      // It stands in an expression of a playbook.
      data: z.union([
        z.int().min(0),
        z.string().regex(/^[\w .,:;@+-]*$/, 'Letters, digits and .,:;@+- only.'),
      ]),
    }),
    doubtful,
  }),
]);
