/** The snippets that the package contributes, by prefix; read when first asked for. */

import { Uri, workspace } from 'vscode';

interface SnippetBody {
  title: string;
  body: readonly string[];
}

export class SnippetBodies {
  #byPrefix: Promise<ReadonlyMap<string, SnippetBody>> | undefined;

  constructor(private readonly extensionUri: Uri) {}

  async find(prefix: string): Promise<SnippetBody | undefined> {
    this.#byPrefix ??= this.#read();
    return (await this.#byPrefix).get(prefix);
  }

  async #read(): Promise<ReadonlyMap<string, SnippetBody>> {
    const bytes = await workspace.fs.readFile(Uri.joinPath(this.extensionUri, 'snippets', 'c.json'));
    const file = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, { prefix: string; body: string[] }>;
    return new Map(
      Object.entries(file).map(([name, { prefix, body }]) => [prefix, { title: name.replace(/^.*?: /, ''), body }]),
    );
  }
}
