// lyncimg.yaml.
import { z } from 'zod';
import { apiVersion, machineName, optionName, osName, text } from './words.js';

export const parametersSchema = z.strictObject({
  timeZone: text.optional().meta({
    description: 'Name as `tzutil /l` lists it.',
    examples: ['W. Europe Standard Time'],
  }),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'A locale is a language and a country, e.g. de-DE.')
    .optional()
    .meta({ description: 'System locale.', examples: ['en-US'] }),
  dnsSuffix: text.optional().meta({
    description: 'Primary DNS suffix of deployed machines.',
    examples: ['contoso.com'],
  }),
  rootCertificates: z.array(text).optional().meta({
    description: "Files (PEM or DER) with the organisation's own root certificates, beside lyncimg.yaml.",
  }),
  wsus: z
    .url({ protocol: /^https?$/, error: 'The address of a WSUS server, e.g. http://wsus.contoso.com:8530.' })
    .optional()
    .meta({ description: 'Address of the WSUS server that Windows Update asks.' }),
  proxy: z
    .string()
    .regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'A proxy is host:port.')
    .optional()
    .meta({ description: "The machine's own HTTP proxy (WinHTTP).", examples: ['proxy.contoso.com:8080'] }),
  netfx3Source: text.optional().meta({
    description:
      'Folder, as the guest sees it, with the payload of .NET Framework 3.5, in place of the media disc.',
    examples: ['\\\\files.contoso.com\\windows\\2012r2\\sxs'],
  }),
});

export const workspaceSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Workspace'),
  platform: text.optional().meta({ description: 'Where images are built, e.g. twin.' }),
  os: osName.optional(),
  roles: z
    .array(machineName)
    .optional()
    .meta({ description: 'What build and verify take where no role is named.' }),
  options: z
    .record(optionName, z.union([z.boolean(), z.string()]))
    .optional()
    .meta({ description: 'Values of role options.' }),
  parameters: parametersSchema.optional().meta({ description: 'What is decided here and no role can know.' }),
  output: text.optional().meta({ description: 'Folder of state and images; .lyncimg where it is absent.' }),
});
