/** What compilers and linkers print, as recorded from gcc 12 and clang 14. */

import assert from 'node:assert/strict';
import { parseCompilerMessages, utf16Column } from '../../../src/trace/capture/compilerMessages.js';

describe('messages of a compiler', () => {
  it('are read from gcc’s JSON, with range, option and notes', () => {
    const line = JSON.stringify([
      {
        kind: 'warning',
        message: 'unused variable ‘x’',
        option: '-Wunused-variable',
        option_url: 'https://gcc.gnu.org/x',
        locations: [
          {
            caret: { file: '/s/a.c', line: 2, column: 7, 'display-column': 9, 'byte-column': 7 },
            finish: { file: '/s/a.c', line: 2, column: 9, 'byte-column': 9 },
          },
        ],
        children: [
          { kind: 'note', message: 'declared here', locations: [{ caret: { file: '/s/a.h', line: 1, column: 5 } }] },
        ],
      },
    ]);
    assert.deepEqual(parseCompilerMessages(`${line}\n`), [
      {
        severity: 'warning',
        message: 'unused variable ‘x’',
        option: '-Wunused-variable',
        optionUrl: 'https://gcc.gnu.org/x',
        location: { file: '/s/a.c', line: 2, startByteColumn: 7, endByteColumn: 10 },
        notes: [
          { message: 'declared here', location: { file: '/s/a.h', line: 1, startByteColumn: 5, endByteColumn: 5 } },
        ],
      },
    ]);
  });

  it('are read from text, notes with the message before them', () => {
    const messages = parseCompilerMessages(
      [
        'In file included from a.c:1:',
        'a.h:3:10: fatal error: nope.h: No such file or directory',
        'a.c:5:3: warning: unused variable ‘i’ [-Wunused-variable]',
        'a.c:4:1: note: declared here',
        'compilation terminated.',
      ].join('\n'),
    );
    assert.deepEqual(
      messages.map(({ severity, message, option, location, notes }) => [
        severity,
        message,
        option,
        location?.line,
        location?.startByteColumn,
        notes.length,
      ]),
      [
        ['error', 'nope.h: No such file or directory', null, 3, 10, 0],
        ['warning', 'unused variable ‘i’', '-Wunused-variable', 5, 3, 1],
      ],
    );
  });

  it('of the linker stand on the line that it names', () => {
    const messages = parseCompilerMessages(
      [
        '[]',
        "/usr/bin/ld: /tmp/ccp9KDw5.o: in function `main':",
        "/s/b.c:2: undefined reference to `foo'",
        "/usr/bin/ld: /s/c.c:7: undefined reference to `bar'",
        'collect2: error: ld returned 1 exit status',
      ].join('\n'),
    );
    assert.deepEqual(
      messages.map(({ message, location }) => [message, location?.file, location?.line]),
      [
        ["undefined reference to `foo'", '/s/b.c', 2],
        ["undefined reference to `bar'", '/s/c.c', 7],
      ],
    );
  });

  it('about the whole run have no line', () => {
    const messages = parseCompilerMessages(
      [
        '/usr/bin/ld: cannot find -lnope: No such file or directory',
        'collect2: error: ld returned 1 exit status',
        'gcc: error: unrecognized command-line option ‘-Wnope’',
        'clang: error: linker command failed with exit code 1 (use -v to see invocation)',
      ].join('\n'),
    );
    assert.deepEqual(
      messages.map(({ message, location }) => [message, location]),
      [
        ['cannot find -lnope: No such file or directory', null],
        ['unrecognized command-line option ‘-Wnope’', null],
      ],
    );
  });

  it('that are cut short or are no messages are left out', () => {
    assert.deepEqual(parseCompilerMessages('[{"kind": "err\n[1, null]\nhello\n'), []);
  });

  it('have columns in bytes, which an editor counts differently', () => {
    const line = '\tputs("é😀"); x';
    assert.equal(utf16Column(line, 1), 0);
    assert.equal(utf16Column(line, 2), 1); // a tab is one byte
    assert.equal(utf16Column(line, 1 + Buffer.byteLength('\tputs("é😀"); ')), line.indexOf('x'));
    assert.equal(utf16Column(line, 999), line.length);
  });
});
