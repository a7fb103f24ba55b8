/** The Snippets view: its rows as a person reads and clicks them. */

import type { Locator, Page } from 'playwright-core';

export class SnippetsPane {
  constructor(private readonly page: Page) {}

  private get pane(): Locator {
    const header = this.page.locator('.pane-header', { hasText: /^Snippets/ });
    return this.page.locator('[id="workbench.view.extension.syscape"] .pane', { has: header });
  }

  /** Brings it to the front, opened. */
  async open(): Promise<void> {
    const header = this.pane.locator('.pane-header');
    if (!(await header.isVisible()))
      await this.page.locator('.activitybar .action-label[aria-label^="Syscape"]').click({ force: true });
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    // Room for all topics.
    const processes = this.page.locator('.pane-header[aria-expanded=true]', { hasText: /^Processes/ });
    if (await processes.isVisible()) await processes.click();
    await this.rows.first().waitFor();
  }

  get rows(): Locator {
    return this.pane.locator('.monaco-list-row');
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text }).first();
  }

  get message(): Locator {
    return this.pane.locator('.message');
  }

  /** A button in the view's title. */
  async press(title: string): Promise<void> {
    await this.pane.locator('.pane-header').hover();
    await this.pane.locator('.pane-header .action-label').and(this.page.getByLabel(title)).first().click();
  }

  /** A button of a row. */
  async pressInRow(row: Locator, title: string): Promise<void> {
    await row.hover();
    await row.locator('.action-label').and(this.page.getByLabel(title)).first().click();
  }
}
