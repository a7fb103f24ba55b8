/** The Processes view: its rows as a person reads them. */

import type { Locator, Page } from 'playwright-core';

export class ProcessTree {
  constructor(private readonly page: Page) {}

  private get view(): Locator {
    return this.page.locator('[id="workbench.view.extension.syscape"]');
  }

  /** Brings it to the front. */
  async open(): Promise<void> {
    const tab = this.page.locator('.activitybar .action-label[aria-label^="Syscape"]');
    await tab.waitFor();
    // By force: the number of findings may lie over the icon, and takes the click as well.
    if (!(await this.view.isVisible())) await tab.click({ force: true });
    await this.view.waitFor();
  }

  /** The view's pane: the container has others beside it. */
  private get pane(): Locator {
    return this.view.locator('.pane', { has: this.page.locator('.pane-header', { hasText: /^Processes/ }) });
  }

  get rows(): Locator {
    return this.pane.locator('.monaco-list-row');
  }

  /** Rows of the Findings view beside it. */
  get findings(): Locator {
    return this.viewBeside('Findings').locator('.monaco-list-row');
  }

  /** Another view of the same container. */
  viewBeside(title: string): Locator {
    const header = this.page.locator('.pane-header', { hasText: new RegExp(`^${title}`) });
    return this.view.locator('.pane', { has: header });
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text }).first();
  }

  /** `name description` of every row on the screen, from top to bottom. */
  async texts(): Promise<string[]> {
    const rows = await this.rows.evaluateAll(elements =>
      elements
        .map(element => ({
          top: element.getBoundingClientRect().top,
          text: ['.label-name', '.label-description']
            .map(part => element.querySelector(part)?.textContent ?? '')
            .join(' '),
        }))
        .sort((a, b) => a.top - b.top),
    );
    return rows.map(({ text }) => text);
  }

  /** Opens every closed row until none is left. */
  async expandAll(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      const closed = this.pane.locator('.monaco-list-row[aria-expanded=false]').first();
      if ((await closed.count()) === 0) return;
      await closed.locator('.monaco-tl-twistie').click();
    }
  }
}
