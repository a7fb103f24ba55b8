/** Compilers' messages about names that are not declared, as they print them. */

import assert from 'node:assert/strict';
import { isAboutDeclaration, undeclaredNames } from '../../../src/views/snippets/undeclaredNames.js';

const messages: [string, string[]][] = [
  [
    'implicit declaration of function ‘waitpid’; did you mean ‘getpid’? [-Wimplicit-function-declaration]',
    ['waitpid()'],
  ],
  [
    "call to undeclared function 'waitpid'; ISO C99 and later do not support implicit function declarations",
    ['waitpid()'],
  ],
  ["implicitly declaring library function 'exit' with type 'void (int) __attribute__((noreturn))'", ['exit()']],
  ['‘SIGCHLD’ undeclared (first use in this function)', ['SIGCHLD', 'SIGCHLD()']],
  ["use of undeclared identifier 'SIGCHLD'", ['SIGCHLD', 'SIGCHLD()']],
  ['identifier "SIGCHLD" is undefined', ['SIGCHLD', 'SIGCHLD()']],
  ['‘fork’ was not declared in this scope', ['fork', 'fork()']],
  ['unknown type name ‘pid_t’', ['pid_t', 'pid_t()']],
  ['‘pid_t’ does not name a type; did you mean ‘time_t’?', ['pid_t', 'pid_t()']],
  ["variable has incomplete type 'struct pollfd'", ['struct pollfd']],
  ['invalid use of undefined type ‘struct sigaction’', ['struct sigaction']],
  ['aggregate ‘pollfd p’ has incomplete type and cannot be defined', ['pollfd']],
  [
    '‘struct stat’ declared inside parameter list will not be visible outside of this definition or declaration',
    ['struct stat'],
  ],
  ['unused variable ‘fork’ [-Wunused-variable]', []],
];

describe('the name that is not declared', () => {
  for (const [message, names] of messages) {
    it(`is read from “${message}”`, () => {
      assert.deepEqual(undeclaredNames(message), names);
      assert.equal(isAboutDeclaration(message), names.length > 0);
    });
  }

  it('is not in a message that names a variable, which still is about a declaration', () => {
    const message = 'storage size of ‘action’ isn’t known';
    assert.deepEqual([undeclaredNames(message), isAboutDeclaration(message)], [[], true]);
  });
});
