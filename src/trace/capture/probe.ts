/**
 * Finds out which strace there is and why it cannot trace, when it cannot. The outcome for a path is kept while the file stays the
 * same, so that a strace that was installed or upgraded meanwhile is seen at the next run.
 */

import { readFile } from 'node:fs/promises';
import { CaptureError, errnoOf } from './captureError.js';
import { formatVersion, isAtLeast, parseStraceBuild, type StraceBuild } from './straceVersion.js';

const probeTimeoutMs = 10_000;

/** Asks `path` (a path, or a name to look up in PATH) what it is. Throws a CaptureError. */
export async function probeStrace(path: string, platform: string = process.platform): Promise<StraceBuild> {
  if (platform !== 'linux') throw new CaptureError({ kind: 'unsupportedPlatform', platform });
  const { execa } = await import('execa'); // not before it is used: an editor starts faster without it
  const result = await execa(path, ['-V'], { reject: false, timeout: probeTimeoutMs, env: { LC_ALL: 'C' }, all: true });
  const build = parseStraceBuild(result.stdout ?? '');
  if (build) {
    if (!isAtLeast(build.version, 4, 17)) {
      throw new CaptureError({ kind: 'straceTooOld', version: formatVersion(build.version) });
    }
    return build;
  }
  const errno = errnoOf(result);
  if (errno === 'ENOENT' || errno === 'ENOTDIR') throw new CaptureError({ kind: 'straceMissing', path });
  if (errno === 'EACCES') throw new CaptureError({ kind: 'straceNotExecutable', path });
  throw new CaptureError({ kind: 'straceUnusable', path, output: firstLines(result.all ?? result.message ?? '') });
}

/** Remembers the probe of each path; a failed one is asked again. */
export class StraceProbe {
  readonly #builds = new Map<string, Promise<StraceBuild>>();

  constructor(private readonly probe: (path: string) => Promise<StraceBuild> = path => probeStrace(path)) {}

  build(path: string): Promise<StraceBuild> {
    let build = this.#builds.get(path);
    if (!build) {
      build = this.probe(path);
      this.#builds.set(path, build);
      build.catch(() => this.#builds.delete(path));
    }
    return build;
  }
}

/**
 * Says why a strace that recorded nothing could not trace, by tracing `true` once more with its messages kept. Returns undefined when
 * that works, so the fault is the program's.
 */
export async function diagnoseStrace(path: string): Promise<CaptureError | undefined> {
  const { execa } = await import('execa');
  const result = await execa(path, ['-f', '-o', '/dev/null', '--', 'true'], {
    reject: false,
    timeout: probeTimeoutMs,
    env: { LC_ALL: 'C' },
    all: true,
  });
  if (result.exitCode === 0) return undefined;
  const output = firstLines(result.all ?? '');
  if (!isPtraceRefusal(output)) return new CaptureError({ kind: 'straceFailed', output });
  return new CaptureError({ kind: 'ptraceRefused', output, yamaScope: await readYamaScope() });
}

/** Matches what strace prints when the kernel, a container or a tracer above does not let it trace. */
export function isPtraceRefusal(output: string): boolean {
  return /\bPTRACE_\w+.*: (?:Operation not permitted|Permission denied)/.test(output);
}

async function readYamaScope(): Promise<number | null> {
  try {
    return Number.parseInt(await readFile('/proc/sys/kernel/yama/ptrace_scope', 'utf8'), 10);
  } catch {
    return null;
  }
}

function firstLines(text: string): string {
  return text.trim().split('\n').slice(0, 5).join('\n');
}
