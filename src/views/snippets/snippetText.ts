/** A snippet as people look at it before they insert it: in a tooltip, and as a document. */

import { MarkdownString, l10n } from 'vscode';
import { variantFor, type Snippet } from './catalogue.js';
import { expandSnippet } from './expandSnippet.js';
import { neededHeaders, type Language } from './includeLines.js';

export function snippetTooltip(snippet: Snippet, language: Language): MarkdownString {
  const { title, description, body, language: writtenIn } = variantFor(snippet, language);
  const headers = neededHeaders(expandSnippet(body, new Map()), language);
  const tooltip = new MarkdownString();
  tooltip.appendMarkdown(`**${title}** · \`${snippet.prefix}\`\n\n${description}.\n`);
  tooltip.appendCodeblock(expandSnippet(body, new Map()), writtenIn);
  tooltip.appendMarkdown(headers.map(header => `\`${header}\``).join(' '));
  return tooltip;
}

/** The document of *Preview Snippet*: what it is, what it needs, and its code with the defaults filled in. */
export function previewText(snippet: Snippet, language: Language): string {
  const { title, description, body } = variantFor(snippet, language);
  const code = expandSnippet(body, new Map());
  const needs = neededHeaders(code, language).map(header =>
    header.startsWith('<') ? `#include ${header}` : `#define ${header}`,
  );
  const comment = [
    `${title}: ${description}.`,
    '',
    l10n.t(
      'Type {0} in a C or C++ file, or insert it from the Snippets view. Tab goes from place to place.',
      snippet.prefix,
    ),
  ];
  return `/*\n${comment.map(line => ` * ${line}`.trimEnd()).join('\n')}\n */\n\n${needs.join('\n')}\n\n${code}\n`;
}
