/** *Insert Snippet…*: choose one by typing, over names, prefixes and explanations. */

import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { topicsOf, variantFor, type Snippet } from './catalogue.js';
import type { Language } from './includeLines.js';

interface Item extends QuickPickItem {
  snippet?: Snippet;
}

/** @returns the chosen one; undefined when the user changed their mind, or wanted a preview */
export async function pickSnippet(
  snippets: readonly Snippet[],
  language: Language,
  preview: (snippet: Snippet) => void,
): Promise<Snippet | undefined> {
  const picker = window.createQuickPick<Item>();
  const button = { iconPath: new ThemeIcon('open-preview'), tooltip: l10n.t('Preview') };
  picker.title = l10n.t('Insert Snippet');
  picker.placeholder = l10n.t('What should the program do?');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = topicsOf(snippets).flatMap(topic => [
    { label: topic.name, kind: QuickPickItemKind.Separator },
    ...topic.snippets.map(snippet => {
      const { title, description } = variantFor(snippet, language);
      return { label: title, description: snippet.prefix, detail: description, buttons: [button], snippet };
    }),
  ]);
  try {
    return await new Promise<Snippet | undefined>(resolve => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.snippet));
      picker.onDidTriggerItemButton(({ item }) => {
        if (item.snippet) preview(item.snippet);
        resolve(undefined);
      });
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}
