/** The one reader of the settings. Values of a wrong type (settings.json is typed by hand) fall back to the default. */

import { workspace, type ConfigurationScope } from 'vscode';
import type { SettingId } from './contributions.js';

export interface Settings {
  stracePath: string;
  compilerPath: string;
  compilerFlags: string[];
  libraries: string[];
  environment: Record<string, string>;
  syscalls: 'focus' | 'all';
  /** `auto`: only once somebody asked for them, program by program. */
  sourceLines: 'auto' | 'on' | 'off';
  /** Prefixes of paths in the debug information → where those files are now. */
  sourceMap: Record<string, string>;
  /** Bytes. */
  stringLimit: number;
  stopGraceMs: number;
  showOnTrace: 'timeline' | 'terminal';
  zombieMs: number;
  orphanMs: number;
  /** By id of a rule: error, warning, info or off, if it is spelt right. */
  findingSeverity: Record<string, string>;
  /** Trace the first C file that the window shows. */
  traceOnOpen: boolean;
  /** A snippet that is inserted brings its includes along. */
  addIncludes: boolean;
}

/** Settings as they hold for a file (or the window, without one). */
export function readSettings(scope: ConfigurationScope | undefined): Settings {
  const configuration = workspace.getConfiguration(undefined, scope ?? null);
  const get = (id: SettingId): unknown => configuration.get(id);
  return {
    stracePath: text(get('syscape.stracePath'), 'strace'),
    compilerPath: text(get('syscape.compilerPath'), 'gcc'),
    compilerFlags: texts(get('syscape.compilerFlags')),
    libraries: texts(get('syscape.libraries')),
    environment: textRecord(get('syscape.environment')),
    syscalls: get('syscape.syscalls') === 'all' ? 'all' : 'focus',
    sourceLines: sourceLines(get('syscape.sourceLines')),
    sourceMap: textRecord(get('syscape.sourceMap')),
    stringLimit: integer(get('syscape.stringLimit'), 64, 0, 65_536),
    stopGraceMs: integer(get('syscape.stopGraceMs'), 2000, 0, 60_000),
    showOnTrace: get('syscape.showOnTrace') === 'terminal' ? 'terminal' : 'timeline',
    zombieMs: integer(get('syscape.findings.zombieMs'), 500, 0, 3_600_000),
    orphanMs: integer(get('syscape.findings.orphanMs'), 100, 0, 3_600_000),
    findingSeverity: textRecord(get('syscape.findings.severity')),
    traceOnOpen: get('syscape.traceOnOpen') === true,
    addIncludes: get('syscape.addIncludes') !== false,
  };
}

function sourceLines(value: unknown): Settings['sourceLines'] {
  return value === 'on' || value === 'off' ? value : 'auto';
}

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : fallback;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

function textRecord(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, item]) => typeof item === 'string'));
}

function integer(value: unknown, fallback: number, least: number, most: number): number {
  return typeof value === 'number' && Number.isInteger(value) ? Math.min(most, Math.max(least, value)) : fallback;
}
