/** What a piece of C needs to have included, and where the missing lines go. */

import assert from 'node:assert/strict';
import { missingHeaders, missingIncludes, neededHeaders } from '../../../src/views/snippets/includeLines.js';

/** The file with what it lacks for `code` (by default for all of itself). */
function completed(source: string, code = source, language: 'c' | 'cpp' = 'c'): string {
  const lines = source.split('\n');
  for (const { line, text } of missingIncludes(source, code, language).reverse())
    lines.splice(line, 0, ...text.split('\n').slice(0, -1));
  return lines.join('\n');
}

describe('the headers that code needs', () => {
  const needs: [string, string, string[]][] = [
    ['follow from the functions it calls', 'waitpid(-1, 0, 0);', ['<sys/wait.h>']],
    [
      'follow from constants, types and tags',
      'struct epoll_event e = {EPOLLET}; ssize_t n;',
      ['<sys/epoll.h>', '<sys/types.h>'],
    ],
    [
      'come with _GNU_SOURCE where the C library asks for it',
      'accept4(fd, 0, 0, 0);',
      ['_GNU_SOURCE', '<sys/socket.h>'],
    ],
    [
      'are not repeated for what another one declares too',
      'size_t n = strlen(NULL); pid_t p = getpid();',
      ['<string.h>', '<unistd.h>'],
    ],
    [
      'tell a structure from the function of the same name',
      'struct flock l; flock(fd, 1);',
      ['<fcntl.h>', '<sys/file.h>'],
    ],
    [
      'do not follow from comments, strings and directives',
      '/* waitpid\n(1) */ // read(x)\nf("close(1)"); \n#error kill(1)',
      [],
    ],
    ['do not follow from variables and members with such names', 'int read = 1; x->send(1); y.accept(2); read++;', []],
    [
      'do not follow from functions and macros of the same file',
      'static int send(int x)\n{\n\treturn x;\n}\n#define bind(x) x\nvoid f(void) { send(bind(1)); }',
      [],
    ],
    [
      'follow from a call that only looks like a declaration',
      'void f(void)\n{\n\tif (a && read(1, b, 2))\n\t\treturn write(1, b, 2);\n}',
      ['<unistd.h>'],
    ],
  ];
  for (const [behaviour, code, expected] of needs) {
    it(behaviour, () => assert.deepEqual(neededHeaders(code, 'c'), expected));
  }

  it('are without _GNU_SOURCE in C++, whose compilers define it, and know tags as types', () => {
    assert.deepEqual(neededHeaders('pollfd p; ::pipe2(fds, O_CLOEXEC);', 'cpp'), [
      '<fcntl.h>',
      '<poll.h>',
      '<unistd.h>',
    ]);
  });

  it('are missing only where neither they nor their C++ names are included', () => {
    const source =
      '#include <cerrno>\n# include\t<unistd.h> // read\n/* #include <signal.h> */\nint x = errno; void f() { pause(); kill(1, 2); }';
    assert.deepEqual(missingHeaders(source, source, 'cpp'), ['<signal.h>']);
  });
});

describe('the missing lines of includes', () => {
  it('are put where the order of the others wants them', () => {
    const source = '#include <errno.h>\n#include <stdio.h>\n#include <unistd.h>\n\n';
    assert.equal(
      completed(source, 'fork(); sigaction(1); open(""); waitpid(1); kill(1);'),
      '#include <errno.h>\n#include <fcntl.h>\n#include <signal.h>\n#include <stdio.h>\n#include <sys/wait.h>\n#include <unistd.h>\n\n',
    );
  });

  it('are put at the end of a block without an order', () => {
    const source = '#include <unistd.h>\n#include <stdio.h>\n#include "own.h"\n';
    assert.equal(
      completed(source, 'kill(1, 2);'),
      '#include <unistd.h>\n#include <stdio.h>\n#include <signal.h>\n#include "own.h"\n',
    );
  });

  it('begin with _GNU_SOURCE before every other header', () => {
    const source = '/* My program. */\n\n#include "own.h"\n\nint main(void) {}\n';
    assert.equal(
      completed(source, 'pipe2(p, 0);'),
      '/* My program. */\n\n#define _GNU_SOURCE\n\n#include <unistd.h>\n\n#include "own.h"\n\nint main(void) {}\n',
    );
  });

  it('open a file that has none, after its opening comment and guard', () => {
    assert.equal(
      completed('int main(void) { kill(1, 2); }\n'),
      '#include <signal.h>\n\nint main(void) { kill(1, 2); }\n',
    );
    assert.equal(completed('', 'kill(1, 2);'), '#include <signal.h>\n\n');
    assert.equal(
      completed('/* License */\n\n/* Starts it. */\nint x;\n', 'kill(1, 2);'),
      '/* License */\n\n#include <signal.h>\n\n/* Starts it. */\nint x;\n',
    );
    assert.equal(
      completed('#ifndef A_H\n#define A_H\nvoid f(pid_t p);\n#endif\n'),
      '#ifndef A_H\n#define A_H\n#include <sys/types.h>\n\nvoid f(pid_t p);\n#endif\n',
    );
    assert.equal(
      completed('#pragma once\nvoid f(pid_t p);\n'),
      '#pragma once\n#include <sys/types.h>\n\nvoid f(pid_t p);\n',
    );
  });

  it('stay out of conditions', () => {
    const source = '#include <errno.h>\n#ifdef __linux__\n#include <sys/epoll.h>\n#endif\nint x;\n';
    assert.equal(
      completed(source, 'kill(1, 2); waitpid(1);'),
      '#include <errno.h>\n#include <signal.h>\n#include <sys/wait.h>\n#ifdef __linux__\n#include <sys/epoll.h>\n#endif\nint x;\n',
    );
  });

  it('end as the other lines do', () => {
    assert.deepEqual(missingIncludes('#include <errno.h>\r\n', 'kill(1, 2);', 'c'), [
      { line: 1, text: '#include <signal.h>\r\n' },
    ]);
  });

  it('are none when nothing is missing', () => {
    assert.deepEqual(missingIncludes('#define _GNU_SOURCE\n#include <unistd.h>\n', 'pipe2(p, 0); close(1);', 'c'), []);
  });
});
