/** docs/snippets.md, and the table of the README, as they follow from the contributed snippets. */

import { rules } from '../../src/trace/findings/rules.js';
import { topicsOf, variantFor, type Snippet } from '../../src/views/snippets/catalogue.js';

const introduction = `# Snippets

Type a prefix in a C or C++ file and choose it from the list, or *Syscape: Insert Snippet…* in the palette, or click it in the *Snippets* view; Tab
goes from place to place. The includes that a snippet needs come along. Most are whole functions that return -1 with \`errno\`, for you to call; the
others are statements, with the error branch as a place of its own. In C++ the ones marked so are written as C++; all others compile without
a warning as gnu11 and as gnu++17.

Each is proven by the tests: a program around it (\`test/snippets/fixtures\`; *Open Snippet as Example and Trace* shows it to you) is compiled by
gcc (also with \`-fanalyzer\`), clang, g++ and clang++, runs under strace, must make the calls of its pattern in order, and must give Syscape no
reason for a warning.
`;

export function snippetsPage(snippets: readonly Snippet[]): string {
  const sections = topicsOf(snippets).map(topic => {
    const rows = topic.snippets.flatMap(snippet => {
      const { prefix, variants } = snippet;
      const first = variantFor(snippet, 'c');
      const answers = rules.filter(rule => rule.snippet === prefix).map(({ id }) => `[${id}](findings/${id}.md)`);
      const mark = first.language === 'cpp' ? ' (C++)' : '';
      const row = `| \`${prefix}\`${mark} | ${cell(first.title)} | ${cell(first.description)} | ${answers.join(', ')} |`;
      const { cpp } = variants;
      return cpp && cpp.body !== first.body
        ? [row, `| \`${prefix}\` (C++) | ${cell(cpp.title)} | ${cell(cpp.description)} | |`]
        : [row];
    });
    return `## ${topic.name}\n\n| Prefix | What it is | In short | Answers the finding |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [introduction, ...sections].join('\n');
}

/** Text of a table's cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** All of them, with what they are. */
export function readmeTable(snippets: readonly Snippet[]): string {
  const rows = topicsOf(snippets).map(topic => {
    const list = topic.snippets.map(snippet => `\`${snippet.prefix}\` ${variantFor(snippet, 'c').title}`);
    return `| ${topic.name} | ${list.join('<br>')} |`;
  });
  return `| Topic | Prefix, and what it is |\n|---|---|\n${rows.join('\n')}\n`;
}
