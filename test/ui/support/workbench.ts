/**
 * A VS Code window in a real browser, as a person uses it: keys, clicks and what can be read on the screen. Each window has a server,
 * a browser, settings and a copy of the examples of its own; the windows of a run follow one another.
 *
 * Invariant: `close()` ends everything the window started and says which programs it had to kill.
 */

import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { launchBrowserWithProfile } from '../../vscode-host/browser.mjs';
import { startServer } from '../../vscode-host/server.mjs';
import { ProcessTree } from './processTree.js';
import { Timeline } from './timeline.js';

export const root = path.resolve(import.meta.dirname, '..', '..', '..');
const artefacts = process.env.TEST_ARTEFACTS_FOLDER ?? path.join(root, 'test', 'artefacts');

/** Windows follow one another at the same address, so that the browser knows the workbench's scripts again. 0: any that is free. */
let wantedPort = 0;
let profileFolder: string | undefined;

/** The browser's profile, which all windows of a run share one after the other. */
function profile(): string {
  if (profileFolder === undefined) {
    const made = mkdtempSync(path.join(tmpdir(), 'syscape-browser-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true, maxRetries: 5 }));
    profileFolder = made;
  }
  return profileFolder;
}

/** Puts the examples into a folder, and what the window's tests need besides. */
function fill(folder: string, { prepare }: WindowOptions): void {
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  prepare?.(folder);
}

/** All that the workbench of an earlier window left in the browser, its scripts excepted. */
async function forgetEverythingOf(page: Page, origin: string): Promise<void> {
  const storageTypes = 'cookies,indexeddb,local_storage';
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes });
  await devtools.detach();
}

export interface WindowOptions {
  /** Opened in an editor at once; relative to the examples. */
  openFile?: string;
  settings?: Record<string, unknown>;
  environment?: Record<string, string>;
  /** Folder with installed extensions; undefined: this checkout alone. */
  extensionsFolder?: string;
  /** Ask for trust before anything runs, as a user's VS Code does. */
  workspaceTrust?: boolean;
  /** Runs before the window opens, with the folder that it will show. */
  prepare?: (folder: string) => void;
}

export class Workbench {
  private closing: Promise<string[]> | undefined;

  private constructor(
    readonly page: Page,
    /** The opened folder: a copy of examples/. */
    readonly folder: string,
    private readonly browser: BrowserContext,
    private readonly server: Awaited<ReturnType<typeof startServer>>,
    private readonly runFolder: string,
    private readonly trusted: boolean,
  ) {}

  static async open(options: WindowOptions = {}): Promise<Workbench> {
    const runFolder = mkdtempSync(path.join(tmpdir(), 'syscape-ui-'));
    const folder = path.join(runFolder, 'examples');
    fill(folder, options);
    const server = await startServer({
      runFolder,
      // The terminal's text is read from the page, which a canvas would not give.
      settings: { 'terminal.integrated.gpuAcceleration': 'off', ...options.settings },
      ...(options.environment && { environment: options.environment }),
      ...(options.extensionsFolder ? { extensionsFolder: options.extensionsFolder } : { linkedExtensions: [root] }),
      workspaceTrust: options.workspaceTrust ?? false,
      port: wantedPort,
    });
    wantedPort = server.port;
    const browser = await launchBrowserWithProfile(profile(), { viewport: { width: 1400, height: 900 } }).catch(
      async (error: unknown) => {
        await server.stop();
        throw error;
      },
    );
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(20_000);
    await forgetEverythingOf(page, new URL(server.url()).origin);
    await page.goto(
      server.url({
        folder,
        ...(options.openFile && { openFile: path.join(folder, options.openFile) }),
      }),
    );
    const workbench = new Workbench(page, folder, browser, server, runFolder, !options.workspaceTrust);
    try {
      // Rows in the explorer mean that the window is connected to its server.
      await page.locator('.explorer-folders-view .monaco-list-row').nth(1).waitFor();
      // Commands are listed once the extension's manifest has been read.
      await page.locator('.activitybar .action-label[aria-label^="Syscape"]').waitFor();
      if (options.openFile) await workbench.editorShows(options.openFile);
      return workbench;
    } catch (error) {
      await workbench.screenshot('window-did-not-open');
      await workbench.close();
      throw error;
    }
  }

  /** Brings the window to where a new one would be, but for the traces it has recorded and the timeline that shows the last one. */
  async tidyUp(options: WindowOptions): Promise<void> {
    for (let i = 0; i < 3; i++) await this.page.keyboard.press('Escape');
    const restorePanel = this.page.locator('.part.panel .action-label[aria-label^="Restore Panel"]');
    if (await restorePanel.isVisible()) await restorePanel.click();
    await this.runCommand('View: Close All Editors');
    const dropChanges = this.page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
    const noEditor = this.page.locator('.editor-group-container.empty');
    await dropChanges.or(noEditor).first().waitFor();
    if (await dropChanges.isVisible()) await dropChanges.click();
    await noEditor.waitFor();
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.keyboard.press('Control+Shift+E');
    for (const file of readdirSync(this.folder)) rmSync(path.join(this.folder, file), { recursive: true });
    fill(this.folder, options);
    await this.page.locator('.explorer-folders-view .monaco-list-row').nth(1).waitFor();
    if (options.openFile) await this.openFile(options.openFile);
  }

  /** @returns command lines of programs that had outlived the window and were killed. */
  close(): Promise<string[]> {
    this.closing ??= this.endEverything();
    return this.closing;
  }

  private async endEverything(): Promise<string[]> {
    await this.browser.close();
    const survivors = await this.server.stop();
    rmSync(this.runFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    return survivors;
  }

  get isClosed(): boolean {
    return this.closing !== undefined;
  }

  screenshot(name: string): Promise<void> {
    return Workbench.screenshotOf(this.page, name);
  }

  static async screenshotOf(page: Page, name: string): Promise<void> {
    mkdirSync(artefacts, { recursive: true });
    await page.screenshot({ path: path.join(artefacts, `${name}.png`) });
  }

  /** Runs a command by its full title in the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.pick('F1', title);
  }

  /** Opens a file of the folder in an editor. */
  async openFile(name: string): Promise<void> {
    await this.pick('Control+P', name);
    await this.editorShows(name);
  }

  private async editorShows(name: string): Promise<void> {
    const file = path.basename(name);
    await this.page.locator('.tabs-container .tab.active').filter({ hasText: file }).waitFor();
    // The tab is there before the text.
    const editor = this.page.locator(`.editor-instance .monaco-editor[data-uri$="/${file}"]`);
    await editor.locator('.view-line').first().waitFor();
    // What the extension shows there moves lines, and the editor's buttons are made anew when it has started: what is clicked before may
    // be elsewhere when the button is up.
    if (this.trusted && (await editor.locator('.view-line', { hasText: 'int main(' }).count()) > 0)
      await editor
        .locator('.codelens-decoration a', { hasText: 'Trace syscalls' })
        .first()
        .waitFor({ state: 'attached' });
  }

  /** Types into the quick input that a key opens, and takes the entry of that name. By key: rows move under the pointer while they come. */
  private async pick(key: string, name: string): Promise<void> {
    const names = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    const focused = this.page.locator('.quick-input-list .monaco-list-row.focused .label-name').first();
    // The list is made when it opens: what is enabled a moment later is not in it.
    for (let tries = 0; tries < 5; tries++) {
      await this.page.keyboard.press(key);
      try {
        // A page that is just moving in the window loses the key.
        await this.quickInput.fill((key === 'F1' ? `>${name}` : name).replace('…', ''), { timeout: 5000 });
        await names.filter({ hasText: name }).first().waitFor({ timeout: 3000 });
        // Longer names that begin with this one may come first, and what was picked before comes first too.
        const listed = await names.allInnerTexts();
        const wanted = listed.includes(name) ? name : (listed.find(each => each.includes(name)) ?? name);
        for (let i = 0; (await focused.innerText()) !== wanted && i < listed.length; i++)
          await this.page.keyboard.press('ArrowDown');
        if ((await focused.innerText()) === wanted) {
          await this.page.keyboard.press('Enter');
          return;
        }
      } catch {
        // once more
      }
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`Nothing called “${name}” can be picked`);
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input.input');
  }

  editorTab(name: string): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name });
  }

  /** Buttons in the editor's title bar, by the command's title. */
  editorAction(title: string): Locator {
    return this.page.locator('.editor-actions .action-label').and(this.page.getByLabel(title)).first();
  }

  /** Chooses from a row's context menu. */
  async chooseFromMenu(row: Locator, entry: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.locator('.context-view .action-label', { hasText: entry }).first();
    // A menu takes no click in the moment of its opening: the button that opened it may still be down.
    for (let tries = 0; tries < 10 && (tries === 0 || (await item.isVisible())); tries++) {
      await item.click();
      await this.page.waitForTimeout(200);
    }
  }

  /** Rows of the explorer. */
  explorerItem(name: string): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).first();
  }

  /** Opens a strace log of the folder from the explorer. */
  async openLog(name: string): Promise<void> {
    // A window that has just opened may not know yet who opens such files, and shows their text.
    for (let tries = 0; tries < 5; tries++) {
      await this.explorerItem(name).dblclick();
      await this.editorTab(name).waitFor();
      try {
        return await this.page.locator('iframe.webview').filter({ visible: true }).first().waitFor({ timeout: 5000 });
      } catch {
        await this.runCommand('View: Close Editor');
      }
    }
    throw new Error(`${name} does not open as a timeline`);
  }

  /** Waits until the status bar has an item with this text. */
  async statusSays(text: string): Promise<void> {
    await this.page.locator('.statusbar-item', { hasText: text }).waitFor();
  }

  /** All that the visible terminal shows. */
  async terminalText(): Promise<string> {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    return (await rows.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  }

  get terminalInput(): Locator {
    return this.page.locator('.terminal-wrapper.active textarea.xterm-helper-textarea');
  }

  /** The timeline that is visible: in the panel, or in an editor when that is the last one shown. */
  get timeline(): Timeline {
    return Workbench.timelineOf(this.page);
  }

  static timelineOf(page: Page): Timeline {
    // VS Code puts a page into two nested frames; those of hidden views stay, but are not visible.
    const outer = page.locator('iframe.webview').filter({ visible: true }).last();
    return new Timeline(page, outer.contentFrame().frameLocator('iframe#active-frame'));
  }

  get processes(): ProcessTree {
    return new ProcessTree(this.page);
  }

  /** Notifications on the screen. */
  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }
}
