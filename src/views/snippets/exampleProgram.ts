/**
 * The complete program around a snippet: its fixture (test/snippets/fixtures), with the snippet at the marker as VS Code would expand it
 * there and with the includes that the whole needs. What people open as an example is what the tests compile, run and trace. Pure.
 */

import { expandSnippet } from './expandSnippet.js';
import { missingIncludes, type Language } from './includeLines.js';

const marker = /^([\t ]*)\/\* @snippet \*\/$/gm;
const note = /^\/\* (?:calls|stdout): .*\*\/\n/gm;

/**
 * @param heading becomes the comment at its top
 * @param chosen an option for each tab stop that should not have its first one
 * @throws Error when the fixture does not say where the snippet goes
 */
export function exampleProgram(
  fixture: string,
  body: readonly string[],
  language: Language,
  heading: string,
  chosen: ReadonlyMap<number, string> = new Map(),
): string {
  if (fixture.search(marker) === -1) throw new Error('The fixture has no marker');
  const program = fixture
    .replace(note, '')
    .trimStart()
    .replace(marker, (_, indentation: string) => indentation + expandSnippet(body, chosen, indentation));
  return withIncludes(`/* ${heading} */\n\n${program}`, language);
}

/** Source text with the includes that all of it needs. */
function withIncludes(source: string, language: Language): string {
  const lines = source.split('\n');
  for (const { line, text } of missingIncludes(source, source, language).reverse())
    lines.splice(line, 0, ...text.split('\n').slice(0, -1));
  return lines.join('\n');
}
