/** Settings of the window that the suites of test/ui/dark share. */
export const dark = {
  'workbench.colorTheme': 'Default Dark Modern',
  // Suggestions come when they are asked for: one that comes by itself takes the Tab that was meant for the next stop of a snippet.
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
};
