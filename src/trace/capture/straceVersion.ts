/**
 * What `strace -V` says: the version decides the command line (commandLine.ts), the stack backend decides what its addresses mean.
 * Pure: probe.ts runs the program.
 */

export interface StraceVersion {
  major: number;
  minor: number;
}

/** Library with which this strace unwinds stacks; the two print different addresses. */
export type StackBackend = 'libunwind' | 'libdw' | 'none';

export interface StraceBuild {
  version: StraceVersion;
  stackBackend: StackBackend;
  /** Words of the "Optional features enabled" line, for the log. */
  features: readonly string[];
}

/** Reads the output of `strace -V`; undefined when this is not strace's. */
export function parseStraceBuild(output: string): StraceBuild | undefined {
  const version = /^strace -- version (\d+)\.(\d+)/m.exec(output);
  if (!version) return undefined;
  const features = /^Optional features enabled:(.*)$/m.exec(output)?.[1]?.trim() ?? '';
  const backend = /\bstack-(?:trace|unwind)=(libunwind|libdw)\b/.exec(features)?.[1];
  return {
    version: { major: Number(version[1]), minor: Number(version[2]) },
    stackBackend: backend === 'libunwind' || backend === 'libdw' ? backend : 'none',
    features: features === '' || features === '(none)' ? [] : features.split(/\s+/),
  };
}

export function isAtLeast(version: StraceVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

export function formatVersion(version: StraceVersion): string {
  return `${version.major}.${version.minor}`;
}
