/** Why a program could not be traced, in a line or two that say what to do about it. */

import type { CaptureFault } from '../trace/capture/captureError.js';

export function captureFaultText(fault: CaptureFault): string {
  switch (fault.kind) {
    case 'unsupportedPlatform':
      return `strace runs on Linux only, not on ${fault.platform}; logs recorded elsewhere can be reported on here`;
    case 'straceMissing':
      return `${fault.path} was not found: install it (Debian, Ubuntu: sudo apt install strace) or give --strace PATH`;
    case 'straceNotExecutable':
      return `${fault.path} may not be executed`;
    case 'straceUnusable':
      return `${fault.path} is not a strace that works: ${fault.output}`;
    case 'straceTooOld':
      return `strace ${fault.version} is too old: 4.17 or newer is needed`;
    case 'ptraceRefused':
      return `the kernel does not let strace trace${ptraceAdvice(fault.yamaScope)}: ${fault.output}`;
    case 'straceFailed':
      return `strace failed: ${fault.output}`;
    case 'programMissing':
      return `${fault.path}: no such program`;
    case 'programNotExecutable':
      return `${fault.path}: not executable`;
    case 'programIsDirectory':
      return `${fault.path}: is a directory`;
    case 'compilerMissing':
    case 'compilerNotExecutable':
      return `${fault.path}: this compiler cannot be run`;
  }
}

function ptraceAdvice(yamaScope: number | null): string {
  return yamaScope !== null && yamaScope >= 2
    ? ` (kernel.yama.ptrace_scope is ${yamaScope}; 1 or 0 allows it)`
    : ' (in a container it needs --cap-add=SYS_PTRACE)';
}
