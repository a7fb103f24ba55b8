/**
 * The compiler's arguments for one source file, and which compiler it is. The order is the user's promise from the settings: flags, file,
 * output, libraries (a linker takes libraries after what needs them). Pure, but for asking the compiler its name.
 */

import { extname } from 'node:path';
import { CaptureError, errnoOf } from './captureError.js';

type CompilerFamily = 'gcc' | 'clang' | 'unknown';

export interface Compiler {
  family: CompilerFamily;
  /** 0 when unknown. */
  major: number;
}

export interface CompileRequest {
  sourcePath: string;
  outputPath: string;
  flags: readonly string[];
  libraries: readonly string[];
}

export function compilerArguments(compiler: Compiler, request: CompileRequest): string[] {
  return [
    ...diagnosticsFlags(compiler),
    ...request.flags,
    request.sourcePath,
    '-o',
    request.outputPath,
    ...request.libraries,
  ];
}

/**
 * JSON where there is JSON (gcc 9 to 15; later ones dropped it), else the text form with columns counted in bytes. compilerMessages.ts
 * reads both.
 */
function diagnosticsFlags({ family, major }: Compiler): string[] {
  if (family === 'clang') return ['-fno-color-diagnostics', '-fno-caret-diagnostics'];
  if (family !== 'gcc') return [];
  if (major >= 9 && major <= 15) return ['-fdiagnostics-format=json'];
  return ['-fdiagnostics-color=never', ...(major >= 11 ? ['-fdiagnostics-column-unit=byte'] : [])];
}

/** Asks `path --version`. Throws a CaptureError when there is no such compiler. */
export async function identifyCompiler(path: string): Promise<Compiler> {
  const { execa } = await import('execa'); // not before it is used: an editor starts faster without it
  const result = await execa(path, ['--version'], { reject: false, timeout: 10_000, env: { LC_ALL: 'C' } });
  const errno = errnoOf(result);
  if (errno === 'ENOENT' || errno === 'ENOTDIR') throw new CaptureError({ kind: 'compilerMissing', path });
  if (errno === 'EACCES') throw new CaptureError({ kind: 'compilerNotExecutable', path });
  return parseCompiler(result.stdout ?? '');
}

/** Reads the first lines of `--version`: `gcc (Debian 12.2.0-14) 12.2.0`, `Debian clang version 14.0.6`. */
export function parseCompiler(output: string): Compiler {
  const clang = /\bclang version (\d+)/.exec(output);
  if (clang) return { family: 'clang', major: Number(clang[1]) };
  // The packager's parenthesis may hold a version of its own.
  const firstLine = (output.split('\n', 1)[0] ?? '').replaceAll(/\([^()]*\)/g, '');
  const gcc = output.includes('Free Software Foundation') ? /\s(\d+)\.\d+/.exec(firstLine) : null;
  return gcc ? { family: 'gcc', major: Number(gcc[1]) } : { family: 'unknown', major: 0 };
}

const cxxExtensions = new Set(['.cc', '.cp', '.cxx', '.cpp', '.c++', '.C', '.CPP', '.cppm', '.ixx']);

export function isCxxSource(sourcePath: string): boolean {
  return cxxExtensions.has(extname(sourcePath));
}

/** The C++ driver beside a C driver: gcc → g++, clang-15 → clang++-15, arm-linux-gnueabi-gcc → …-g++, cc → c++. */
export function cxxCompilerFor(compilerPath: string): string {
  const nameAt = compilerPath.lastIndexOf('/') + 1;
  const cxx = compilerPath
    .slice(nameAt)
    .replace(/(^|-)(gcc|clang|cc)(?=$|-\d)/, (_, before: string, driver: string) => {
      return before + (driver === 'gcc' ? 'g++' : driver === 'clang' ? 'clang++' : 'c++');
    });
  return compilerPath.slice(0, nameAt) + cxx;
}
