/** Strings by small numbers, in order of first appearance. */
export class NameTable {
  private readonly names: string[] = [];
  private readonly ids = new Map<string, number>();

  idOf(name: string): number {
    let id = this.ids.get(name);
    if (id === undefined) {
      id = this.names.push(name) - 1;
      this.ids.set(name, id);
    }
    return id;
  }

  nameOf(id: number): string {
    return this.names[id] ?? '';
  }
}
