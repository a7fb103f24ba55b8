/** Fixes on code of other shapes than the examples': what they change, and where they keep away. */

import assert from 'node:assert/strict';
import type { Finding } from '../../../src/trace/findings/finding.js';
import { rules } from '../../../src/trace/findings/rules.js';
import { changed, fixRequest } from '../../../src/views/editor/fixes/fix.js';
import { fixesFor } from '../../../src/views/editor/fixes/fixes.js';
import { snippetPlace } from '../../../src/views/editor/fixes/snippetPlace.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What becomes of a source whose line with `HERE` has a finding; undefined when there is no fix. */
function mended(rule: string, source: string, values: Finding['values'] = {}, language: 'c' | 'cpp' = 'c') {
  const line = source.split('\n').findIndex(each => each.includes('HERE'));
  const text = source.replace(/ *\/\* HERE \*\//, '');
  const finding: Finding = {
    rule, severity: 'error', process: 0, pid: 1, thread: 0, atNs: 0, evidence: [], values, count: 1,
  }; // prettier-ignore
  const [fix] = fixesFor(fixRequest(text, language, line, finding));
  return fix && changed(text, fix.changes);
}

describe('fixes', () => {
  it('add the flag where the call takes it, or call the sibling that does', () => {
    const cloexec = (code: string) => mended('missing-cloexec', `${code} /* HERE */`);
    assert.equal(cloexec('fd = open(name("a,b"), mode ? O_RDWR : O_RDONLY, 0600);'), 'fd = open(name("a,b"), (mode ? O_RDWR : O_RDONLY) | O_CLOEXEC, 0600);'); // prettier-ignore
    assert.equal(
      cloexec('if ((fd = accept(l, NULL, NULL)) < 0)'),
      'if ((fd = accept4(l, NULL, NULL, SOCK_CLOEXEC)) < 0)',
    );
    assert.equal(cloexec('pipe(ends);'), 'pipe2(ends, O_CLOEXEC);');
    assert.equal(cloexec('e = epoll_create1(0);'), 'e = epoll_create1(EPOLL_CLOEXEC);');
    assert.equal(cloexec('fd = open("open(", O_RDONLY);'), 'fd = open("open(", O_RDONLY | O_CLOEXEC);');
  });

  it('keep away from calls that have the flag, that are members or that are only named', () => {
    for (const code of [
      'open("a", O_RDONLY | O_CLOEXEC);',
      'file.open("a", 1);',
      'x = my_open("a", 1);',
      '/* open(a, b) */',
    ])
      assert.equal(mended('missing-cloexec', `${code} /* HERE */`), undefined, code);
  });

  it('make an interrupted call again: a loop for a statement, a macro within an expression', () => {
    const retry = (code: string) => mended('eintr-not-retried', code, { call: 'read' });
    assert.equal(
      retry(
        '{\n    n = read(fd,\n             p, 5); /* HERE */\n}'
          .replace('fd,\n', 'fd, /* HERE */\n')
          .replace('5); /* HERE */', '5);'),
      ),
      '{\n    do\n        n = read(fd,\n             p, 5);\n    while (n == -1 && errno == EINTR);\n}',
    );
    assert.equal(
      retry('\tif ((n = read(fd, p, 5)) == -1) /* HERE */'),
      '\tif ((n = TEMP_FAILURE_RETRY(read(fd, p, 5))) == -1)',
    );
    assert.equal(
      retry('\tconst int n = read(fd, p, 5); /* HERE */'),
      '\tconst int n = TEMP_FAILURE_RETRY(read(fd, p, 5));',
    );
    assert.equal(retry('n = TEMP_FAILURE_RETRY(read(fd, p, 5)); /* HERE */'), undefined);
    assert.match(
      mended('eintr-not-retried', '{ x = 1;\n  pid = waitpid(p, &s, 0); /* HERE */\n}', { call: 'wait4' }) ?? '',
      /do\n/,
    );
  });

  it('put statements before the statement, not into a branch', () => {
    const bind = (code: string, family = 'inet', language: 'c' | 'cpp' = 'c') =>
      mended('addr-in-use', code, { family }, language);
    assert.match(
      bind('{\n  a();\n  r = bind(s, p, n); /* HERE */\n}') ?? '',
      /a\(\);\n {2}if \(setsockopt\(s, .*\n {4}perror.*\n {2}r = bind/,
    );
    assert.match(bind('{\n  bind(s, p, n); /* HERE */\n}', 'inet', 'cpp') ?? '', /\n {2}const int on = 1;\n/);
    assert.equal(bind('if (x)\n  y();\nelse if (bind(s, p, n)) /* HERE */\n  z();'), undefined);
    const unix = 'struct sockaddr_un here;\nbind(s, (struct sockaddr *)&here, sizeof here); /* HERE */';
    assert.match(bind(unix, 'unix') ?? '', /\nunlink\(here\.sun_path\);\nbind/);
    assert.equal(bind('bind(s, any, n); /* HERE */', 'unix'), undefined);
  });

  it('ignore SIGCHLD only where nobody waits, and begin main only where it is', () => {
    const zombie = (code: string) => mended('zombie-never-reaped', code);
    assert.match(
      zombie('int main(void)\n{\n  fork(); /* HERE */\n}') ?? '',
      /^int main\(void\)\n\{\n {2}signal\(SIGCHLD, SIG_IGN\);/,
    );
    assert.equal(zombie('int main(void)\n{\n  fork(); /* HERE */\n  wait(NULL);\n}'), undefined);
    assert.equal(zombie('void start(void)\n{\n  fork(); /* HERE */\n}'), undefined);
  });

  it('name snippets that exist', () => {
    const folder = path.resolve(import.meta.dirname, '../../../snippets');
    const snippets = ['c.json', 'c-only.json'].flatMap(file =>
      Object.values<{ prefix: string }>(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))),
    );
    const prefixes = new Set(snippets.map(({ prefix }) => prefix));
    assert.deepEqual(
      rules.flatMap(({ id, snippet }) => (snippet === undefined || prefixes.has(snippet) ? [] : [`${id}: ${snippet}`])),
      [],
    );
  });

  it('put a snippet with functions before the function and its comment, and statements before the statement', () => {
    const source = '#include <a.h>\n\nint x;\n\n/* About f. */\nint f(void)\n{\n\tif (a)\n\t\tg(1,\n\t\t  2);\n}\n';
    const lineStart = source.indexOf('\t\t  2');
    const at = (body: string[]) => source.slice(snippetPlace(source, lineStart, body)).split('\n')[0];
    assert.equal(at(['static int h(void)', '{', '}']), '/* About f. */');
    assert.equal(at(['h();']), '\tif (a)');
    const first = '#include <a.h>\n\nint f(void)\n{\n\tg();\n}\n';
    assert.equal(first.slice(snippetPlace(first, first.indexOf('\tg'), ['{'])).split('\n')[0], 'int f(void)');
  });
});
