/** Which compiler it is, and how it is asked. */

import assert from 'node:assert/strict';
import {
  compilerArguments,
  cxxCompilerFor,
  isCxxSource,
  parseCompiler,
  type Compiler,
} from '../../../src/trace/capture/compilerCommand.js';

const fsf = 'Copyright (C) Free Software Foundation, Inc.';
const argumentsOf = (compiler: Compiler): string[] =>
  compilerArguments(compiler, {
    sourcePath: '/s/a b.c',
    outputPath: '/o/a b',
    flags: ['-g', '-DX="y z"'],
    libraries: ['-lm'],
  });

describe('the compiler', () => {
  const versions: [string, Compiler][] = [
    [`gcc (Debian 12.2.0-14+deb12u1) 12.2.0\n${fsf}`, { family: 'gcc', major: 12 }],
    [`gcc (GCC) 16.1.1 20260501 (Red Hat 16.1.1-1)\n${fsf}`, { family: 'gcc', major: 16 }],
    [`cc (Ubuntu 9.4.0-1ubuntu1~20.04.2) 9.4.0\n${fsf}`, { family: 'gcc', major: 9 }],
    ['Debian clang version 14.0.6\nTarget: x86_64-pc-linux-gnu', { family: 'clang', major: 14 }],
    ['tcc version 0.9.27 (x86_64 Linux)', { family: 'unknown', major: 0 }],
  ];
  for (const [output, compiler] of versions) {
    it(`is known by “${output.split('\n', 1)[0]}”`, () => assert.deepEqual(parseCompiler(output), compiler));
  }

  it('gets flags, file, output and libraries in this order, each as one argument', () => {
    assert.deepEqual(argumentsOf({ family: 'unknown', major: 0 }), [
      ...['-g', '-DX="y z"', '/s/a b.c', '-o', '/o/a b', '-lm'],
    ]);
  });

  it('is asked for JSON only where there is JSON', () => {
    const json = (family: Compiler['family'], major: number): boolean =>
      argumentsOf({ family, major }).includes('-fdiagnostics-format=json');
    assert.deepEqual(
      [8, 9, 15, 16].map(major => json('gcc', major)),
      [false, true, true, false],
    );
    assert.equal(json('clang', 14), false);
  });

  it('for C++ stands beside the one for C', () => {
    const pairs: [string, string][] = [
      ['gcc', 'g++'],
      ['/usr/bin/gcc-12', '/usr/bin/g++-12'],
      ['x86_64-linux-gnu-gcc', 'x86_64-linux-gnu-g++'],
      ['clang-15', 'clang++-15'],
      ['/opt/bin/cc', '/opt/bin/c++'],
      ['./gcc', './g++'],
      ['/opt/gcc/bin/clang', '/opt/gcc/bin/clang++'],
      ['tcc', 'tcc'],
      ['g++', 'g++'],
    ];
    for (const [c, cxx] of pairs) assert.equal(cxxCompilerFor(c), cxx);
  });

  it('is chosen by the file’s extension', () => {
    assert.deepEqual(['a.c', 'a.cpp', 'a.cc', 'a.C', 'a.h'].map(isCxxSource), [false, true, true, true, false]);
  });
});
