// The answer disc: the folder by which a build hands a machine its key. The boot task takes it, if there is one.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../errors/index.js';
import { passwordProblem, type AccessKey } from './access.js';
import { firstIssue } from './state-file.js';

const answerSchema = z.looseObject({ label: z.literal('LYNCIMG'), format: z.literal(1) });

/** Throws E_TWIN_ANSWER or E_TWIN_PASSWORD. The password comes by environment, never on the disc's files. */
export async function readAnswerDisc(folder: string, password: string | undefined): Promise<AccessKey> {
  const answer = await textOf(folder, 'answer.json');
  let value: unknown;
  try {
    value = JSON.parse(answer);
  } catch {
    throw fail('E_TWIN_ANSWER', { folder, reason: 'answer.json is no JSON' }, { where: { file: folder } });
  }
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success)
    throw fail(
      'E_TWIN_ANSWER',
      { folder, reason: `answer.json: ${firstIssue(parsed.error)}` },
      { where: { file: folder } },
    );
  const [ca, cert, key] = await Promise.all([
    textOf(folder, 'ca.crt'),
    textOf(folder, 'server.crt'),
    textOf(folder, 'server.key'),
  ]);
  const problem = certificateProblem({ ca, cert, key });
  if (problem !== null) throw fail('E_TWIN_ANSWER', { folder, reason: problem }, { where: { file: folder } });
  return { password: checkedPassword(password), ca, cert, key };
}

/** Throws E_TWIN_PASSWORD; the password itself is in no message. */
export function checkedPassword(password: string | undefined): string {
  if (password === undefined) throw fail('E_TWIN_PASSWORD', { reason: 'none was given' });
  const problem = passwordProblem(password);
  if (problem !== null) throw fail('E_TWIN_PASSWORD', { reason: problem });
  return password;
}

async function textOf(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const reason = code === 'ENOENT' ? `it has no ${name}` : `${name} cannot be read (${code})`;
    throw fail('E_TWIN_ANSWER', { folder, reason }, { where: { file: folder } });
  }
}

function certificateProblem({ ca, cert, key }: { ca: string; cert: string; key: string }): string | null {
  try {
    const server = new X509Certificate(cert);
    if (!server.checkPrivateKey(createPrivateKey(key))) return 'server.key does not belong to server.crt';
    if (!server.verify(new X509Certificate(ca).publicKey)) return 'server.crt was not signed by ca.crt';
    return null;
  } catch {
    // Node's message may quote what it read; what it read may be a key.
    return 'ca.crt, server.crt or server.key is no PEM of a certificate or key';
  }
}
