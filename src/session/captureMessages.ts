/** The core's faults in words, each with the button that helps. */

import { commands, l10n } from 'vscode';
import type { CaptureFault } from '../trace/capture/captureError.js';
import type { SettingId } from './contributions.js';
import { UserError, type ErrorButton } from './userError.js';

/** What the buttons can do; given by extension.ts. */
export interface ErrorActions {
  /** Puts the command that installs a package into a terminal, without running it. */
  offerInstall(packageName: string): unknown;
  /** Opens a section of the README by its anchor. */
  openReadme(anchor: 'limits' | 'ptrace-is-refused'): unknown;
}

export function captureMessage(fault: CaptureFault, actions: ErrorActions): UserError {
  const openSetting = (id: SettingId): ErrorButton => ({
    title: l10n.t('Open Settings'),
    run: () => commands.executeCommand('workbench.action.openSettings', id),
  });
  const install = (title: string, packageName: string): ErrorButton => ({
    title,
    run: () => actions.offerInstall(packageName),
  });
  const readme = (anchor: 'limits' | 'ptrace-is-refused'): ErrorButton => ({
    title: l10n.t('How to Allow It'),
    run: () => actions.openReadme(anchor),
  });
  const installStrace = install(l10n.t('Install strace'), 'strace');
  const installGcc = install(l10n.t('Install gcc'), 'gcc');
  const straceSetting = openSetting('syscape.stracePath');
  const compilerSetting = openSetting('syscape.compilerPath');

  switch (fault.kind) {
    case 'unsupportedPlatform':
      return new UserError(
        l10n.t(
          'Tracing needs Linux, and this is {0}. Open the folder in WSL, in a container or over SSH; saved traces open here, too.',
          platformName(fault.platform),
        ),
        [{ title: l10n.t('What Is Needed'), run: () => actions.openReadme('limits') }],
      );
    case 'straceMissing':
      return new UserError(l10n.t('strace was not found (“{0}”).', fault.path), [installStrace, straceSetting]);
    case 'straceNotExecutable':
      return new UserError(l10n.t('“{0}” may not be executed.', fault.path), [straceSetting]);
    case 'straceUnusable':
      return new UserError(l10n.t('“{0}” does not work as strace: {1}', fault.path, fault.output), [straceSetting]);
    case 'straceTooOld':
      return new UserError(l10n.t('strace {0} is too old; 4.17 or newer is needed.', fault.version), [
        installStrace,
        straceSetting,
      ]);
    case 'ptraceRefused':
      return new UserError(refusal(fault.yamaScope), [readme('ptrace-is-refused')]);
    case 'straceFailed':
      return new UserError(l10n.t('strace could not trace: {0}', fault.output), [straceSetting]);
    case 'compilerMissing':
      return new UserError(l10n.t('The C compiler was not found (“{0}”).', fault.path), [installGcc, compilerSetting]);
    case 'compilerNotExecutable':
      return new UserError(l10n.t('“{0}” may not be executed.', fault.path), [compilerSetting]);
    case 'programMissing':
      return new UserError(l10n.t('There is no program “{0}”.', fault.path), [chooseProgram()]);
    case 'programNotExecutable':
      return new UserError(l10n.t('“{0}” may not be executed. A program needs the permission: chmod +x.', fault.path), [
        chooseProgram(),
      ]);
    case 'programIsDirectory':
      return new UserError(l10n.t('“{0}” is a folder, not a program.', fault.path), [chooseProgram()]);
  }
}

function chooseProgram(): ErrorButton {
  return { title: l10n.t('Choose Another'), run: () => commands.executeCommand('syscape.traceProgram') };
}

function refusal(yamaScope: number | null): string {
  if (yamaScope === 3) {
    return l10n.t(
      'The kernel forbids all tracing on this machine (kernel.yama.ptrace_scope is 3 until the next boot).',
    );
  }
  return l10n.t(
    'The kernel does not let strace trace (ptrace: operation not permitted). In a container, add the capability SYS_PTRACE; elsewhere look for a seccomp profile, or for a debugger that traces already.',
  );
}

function platformName(platform: string): string {
  if (platform === 'darwin') return 'macOS';
  return platform === 'win32' ? 'Windows' : platform;
}
