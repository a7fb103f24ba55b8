/** Why a trace could not be started, as facts: the editor and the command line make the words (and the buttons) of them. */

export type CaptureFault =
  /** Only Linux has strace. */
  | { kind: 'unsupportedPlatform'; platform: string }
  | { kind: 'straceMissing'; path: string }
  | { kind: 'straceNotExecutable'; path: string }
  /** It ran, but is not strace, or did not work; `output` is what it said. */
  | { kind: 'straceUnusable'; path: string; output: string }
  /** Older than 4.17, which cannot be asked for calls that it may not know. */
  | { kind: 'straceTooOld'; version: string }
  /** The kernel forbids ptrace. `yamaScope` is /proc/sys/kernel/yama/ptrace_scope, null where there is no Yama. */
  | { kind: 'ptraceRefused'; output: string; yamaScope: number | null }
  /** strace ended before the program started and it is none of the above. */
  | { kind: 'straceFailed'; output: string }
  | { kind: 'compilerMissing'; path: string }
  | { kind: 'compilerNotExecutable'; path: string }
  | { kind: 'programMissing'; path: string }
  | { kind: 'programNotExecutable'; path: string }
  | { kind: 'programIsDirectory'; path: string };

export class CaptureError extends Error {
  override readonly name = 'CaptureError';

  constructor(
    readonly fault: CaptureFault,
    options?: ErrorOptions,
  ) {
    super(`${fault.kind}: ${JSON.stringify(fault)}`, options);
  }
}

/** The code of a Node system error (`ENOENT`), or undefined. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return errnoOf(error.cause);
}
