/**
 * How a traced program was started: what another run needs to be the same. Kept beside the log, so what is read may come from anywhere:
 * it is checked for its shape here, and nothing of it runs before the user has seen it.
 */

import { isAbsolute } from 'node:path';

export interface StartedProgram {
  /** Absolute path of the executable. */
  path: string;
  args: readonly string[];
  /** Its working directory. */
  cwd: string;
  /** Variables that the user had set for it, beside those of the editor. */
  environment: Readonly<Record<string, string>>;
  /** Bytes recorded of each string. */
  stringLimit: number;
  /** The C file that it was compiled from by the extension. */
  sourcePath?: string;
}

/** What execve(2) takes at most is more; nobody can look through that. */
const mostArguments = 10_000;
const longestText = 128 * 1024;
const highestStringLimit = 65_536;

/** undefined when the value is anything else. */
export function startedProgramIn(value: unknown): StartedProgram | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { path, args, cwd, environment, stringLimit, sourcePath } = value as Partial<
    Record<keyof StartedProgram, unknown>
  >;
  if (!isPath(path) || !isPath(cwd) || (sourcePath !== undefined && !isPath(sourcePath))) return undefined;
  if (!Array.isArray(args) || args.length > mostArguments || !args.every(isText)) return undefined;
  if (typeof environment !== 'object' || environment === null) return undefined;
  const variables = Object.entries(environment);
  if (!variables.every((entry): entry is [string, string] => /^[^=]+$/.test(entry[0]) && entry.every(isText)))
    return undefined;
  if (!(typeof stringLimit === 'number' && Number.isInteger(stringLimit))) return undefined;
  if (stringLimit < 0 || stringLimit > highestStringLimit) return undefined;
  return {
    ...{ path, args, cwd, stringLimit, environment: Object.fromEntries(variables) },
    ...(sourcePath === undefined ? {} : { sourcePath }),
  };
}

/** No text with a NUL reaches a program. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText && !value.includes('\0');
}

function isPath(value: unknown): value is string {
  return isText(value) && isAbsolute(value);
}
