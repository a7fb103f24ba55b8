/** Functions are found where the compiler would find them. */

import assert from 'node:assert/strict';
import { findFunctions } from '../../../src/views/editor/findFunctions.js';

/** Numbers of the lines (from 1) where a definition begins. */
const lines = (source: string, names = ['main']): number[] =>
  findFunctions(source, new Set(names)).map(({ offset }) => source.slice(0, offset).split('\n').length);

const found: [string, string, number[]][] = [
  ['an ordinary one', '#include <stdio.h>\n\nint main(void)\n{\n}\n', [3]],
  ['one with parameters over lines', 'int\nmain(int argc,\n     char *argv[])\n{}', [2]],
  ['one without a type', 'main() { return 0; }', [1]],
  ['an old-style one', 'int main(argc, argv) int argc; char **argv;\n{}', [1]],
  ['one with an attribute', 'int main(void) __attribute__((cold)) {}', [1]],
  ['the definition after its declaration', 'int main(void);\nint main(void) {}', [2]],
  ['one in a linkage block', 'extern "C" {\nint main() {}\n}', [2]],
  ['one after a function', 'static int f(int x) { if (x) { return 1; } return 0; }\nint main(void) {}', [2]],
  ['one after quotes in characters', "char q = '\"', b = '\\'';\nint main(void) {}", [2]],
  ['one after a raw string', 'auto s = R"x(int main() { )" )x";\nint main() {}', [2]],
  ['both of an #ifdef', '#ifdef A\nint main(void) {}\n#else\nint main(int c, char **v) {}\n#endif', [2, 4]],
  ['only the live one of an #if 0', '#if 0\nint main(void) {}\n#else\nint main(void) {}\n#endif', [4]],
];
const notFound: [string, string][] = [
  ['a comment', '/* int main(void) {} */\n// int main(void) {}\n'],
  ['a continued line comment', '// \\\nint main(void) {}\n'],
  ['a string', 'const char *s = "int main(void) {";'],
  ['a macro', '#define RUN \\\n  int main(void) { return 0; }\n'],
  ['a call', 'void f(void) { main(); }'],
  ['a method', 'int app::main() { return 0; }'],
  ['another name', 'int xmain(void) {}\nint main_loop(void) {}'],
  ['an unfinished file', 'int main('],
];

describe('finding functions', () => {
  for (const [what, source, at] of found) it(`finds ${what}`, () => assert.deepEqual(lines(source), at));
  for (const [what, source] of notFound) it(`does not find it in ${what}`, () => assert.deepEqual(lines(source), []));

  it('finds the functions that are asked for, and which is which', () => {
    const source = 'static int f(void);\nstatic int f(void) { return g(); }\nint h(int f) {}\n';
    assert.deepEqual(lines(source, ['f', 'h', 'x']), [2, 3]);
    assert.deepEqual(
      findFunctions(source, new Set(['f', 'h'])).map(({ name }) => name),
      ['f', 'h'],
    );
  });

  it('takes no longer for a big file than a reader would notice', () => {
    const big = 'static int f(int a) { return a /* "x" */ + \'"\'; }\n'.repeat(40_000);
    assert.deepEqual(lines(`${big}int main(void) {}`), [40_001]);
  });
});
