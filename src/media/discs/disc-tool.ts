// The programs that make discs, and what each is told. No word of it comes from a file's name: the tree that a disc is
// made of lies in the working folder under a fixed name, so there is nothing to quote and nothing that looks like an option.
import { fail, LyncimgError, orThrow } from '../../errors/index.js';
import { findTool } from '../../tools/index.js';
import { discFormat, type DiscFile, type DiscFormat } from './disc-format.js';

export interface DiscTool {
  name: string;
  /** Absolute. */
  path: string;
  version: string;
  /** Makes `disc` of the folder `tree`, both in the working folder. */
  args: (label: string) => string[];
}

/** For everything that is not UDF; the first that is here. */
const isoTools = ['xorriso', 'genisoimage', 'mkisofs'];
/** cdrtools' mkisofs writes UDF as well, but in ways of its own that lyncimg has not been tried with. */
const udfTools = ['genisoimage'];

/**
 * The tool that makes a disc of such files. Throws what stands in the way of the disc (E_DISC_*), all of it at once, or
 * E_DISC_TOOL; nothing has been written by then.
 *
 * @param env the whole environment of the tool, as for `startTool`
 */
export async function discToolFor({
  label,
  files,
  env,
}: {
  label: string;
  files: readonly DiscFile[];
  env: Record<string, string>;
}): Promise<DiscTool> {
  return findDiscTool(orThrow(discFormat({ label, files })), env);
}

/** The first program on `env.PATH` that makes discs of that format. Throws E_DISC_TOOL. */
export async function findDiscTool(format: DiscFormat, env: NodeJS.ProcessEnv): Promise<DiscTool> {
  const names = format.name === 'iso' ? isoTools : udfTools;
  const found: LyncimgError[] = [];
  for (const name of names) {
    try {
      const { path, version } = await findTool(name, env);
      return { name, path, version, args: argumentsOf(name, format.name) };
    } catch (error) {
      if (!(error instanceof LyncimgError) || !error.code.startsWith('E_TOOL_')) throw error;
      found.push(error);
    }
  }
  throw fail('E_DISC_TOOL', {
    format: format.name,
    because: format.because,
    passedOver: found.filter(({ code }) => code === 'E_TOOL_WRONG').map(({ message }) => message),
    // Of several the first is the one to have.
    install: found[0]?.suggestions.slice(0, 1) ?? [],
  });
}

/** Says nothing of when it was made, so that the same files give the same bytes. */
const madeAt = '2013010100000000';

/** 103 characters a name, and folders as deep as they are (`-D`: both tools would move those below the eighth elsewhere). */
const iso = ['-iso-level', '3', '-J', '-joliet-long', '-D'];

/**
 * Without Joliet: beside it genisoimage cuts the names of UDF to Joliet's length (udf.c, "Some remaining issues"). An
 * ISO 9660 tree of short names stays beside UDF, as it does on Microsoft's own media, where it holds no more than a
 * README: Windows takes UDF where there is any.
 */
const udf = ['-iso-level', '3', '-udf', '-allow-limited-size', '-D'];

function argumentsOf(name: string, format: DiscFormat['name']): DiscTool['args'] {
  // What lies in the tree are links, where the file lies elsewhere.
  const common = ['-quiet', '-f', '-input-charset', 'utf-8'];
  const ownWays =
    name === 'xorriso'
      ? // No Rock Ridge: owners and modes of here are nobody's business there.
        ['--norock', `--modification-date=${madeAt}`, '--set_all_file_dates', madeAt]
      : [];
  return (label) => [
    ...(name === 'xorriso' ? ['-no_rc', '-as', 'mkisofs'] : []),
    ...common,
    ...ownWays,
    ...(format === 'iso' ? iso : udf),
    ...['-V', label, '-o', 'disc', 'tree'],
  ];
}
