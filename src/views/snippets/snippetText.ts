/** A snippet as people look at it before they insert it: in a tooltip, and as a document. */

import { MarkdownString, l10n } from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import { variantFor, type Snippet } from './catalogue.js';
import { expandSnippet } from './expandSnippet.js';
import { directive, neededHeaders, type Language } from './includeLines.js';

/** @param findings names of the rules that it is the answer to */
export function snippetTooltip(snippet: Snippet, language: Language, findings: readonly string[]): MarkdownString {
  const { title, description, body, language: writtenIn } = variantFor(snippet, language);
  const code = expandSnippet(body, new Map());
  const explain = 'syscape.explainFinding' satisfies CommandId;
  const tooltip = new MarkdownString();
  tooltip.isTrusted = { enabledCommands: [explain] };
  tooltip.appendMarkdown(`**${title}** · \`${snippet.prefix}\`\n\n${description}.\n`);
  const headers = neededHeaders(code, language).map(header => `\`${header}\``);
  tooltip.appendMarkdown(`\n${l10n.t('Needs {0}', headers.join(' '))}\n`);
  if (findings.length > 0) {
    const links = findings.map(rule => `[${rule}](command:${explain}?${encodeURIComponent(JSON.stringify([rule]))})`);
    tooltip.appendMarkdown(`\n${l10n.t('Findings that it answers: {0}', links.join(', '))}\n`);
  }
  tooltip.appendCodeblock(code, writtenIn);
  return tooltip;
}

/** The document of *Preview Snippet*: what it is, what it needs, and its code with the defaults filled in. */
export function previewText(snippet: Snippet, language: Language, findings: readonly string[]): string {
  const { title, description, body } = variantFor(snippet, language);
  const code = expandSnippet(body, new Map());
  const comment = [
    `${snippet.prefix}: ${title}`,
    `${description}.`,
    '',
    l10n.t('Type {0}, or click it in the Snippets view; Tab goes from place to place.', snippet.prefix),
    ...(findings.length > 0 ? [l10n.t('Findings that it answers: {0}.', findings.join(', '))] : []),
  ];
  const needs = neededHeaders(code, language).map(directive);
  return `/*\n${comment.map(line => ` * ${line}`.trimEnd()).join('\n')}\n */\n\n${needs.join('\n')}\n\n${code}\n`;
}
