/** docs/snippets.md as it follows from snippets/c.json. */

import type { Snippet } from './snippetFiles.js';

const introduction = `# Snippets

Type a prefix in a C or C++ file and choose it from the list, or *Insert Snippet* in the palette; Tab goes from place to place. Most are whole
functions that return -1 with \`errno\`, for you to call; the others are statements, with the error branch as a place of its own. All of them
compile without a warning as gnu11 and gnu++17.

Each is proven by the tests: a program around it (\`test/snippets/fixtures\`) is compiled by gcc (also with \`-fanalyzer\`), clang and g++, runs under
strace, must make the calls of its pattern in order, and must give Syscape no reason for a warning.
`;

export function snippetsPage(snippets: readonly Snippet[]): string {
  const topics = [...new Set(snippets.map(topicOf))];
  const sections = topics.map(topic => {
    const rows = snippets
      .filter(snippet => topicOf(snippet) === topic)
      .map(({ prefix, name, description }) => {
        const title = name.slice(topic.length + 2);
        return `| \`${prefix}\` | ${title} | ${description} |`;
      });
    return `## ${topic}\n\n| Prefix | What it is | In short |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [introduction, ...sections].join('\n');
}

/** `Topic: title` is how the snippets are named. */
const topicOf = (snippet: Snippet): string => snippet.name.slice(0, snippet.name.indexOf(': '));
