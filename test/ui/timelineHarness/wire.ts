/**
 * Answers with typed arrays over HTTP, for the harness only (VS Code's own messages carry them as they are): a JSON text in which each
 * column is replaced by its place, its length in front, the columns' bytes behind.
 */

/** Columns start at multiples of this, so that the page can look at them where they lie. */
const alignment = 8;

export function toWire(value: unknown): Buffer {
  const columns: Buffer[] = [];
  let offset = 0;
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (!ArrayBuffer.isView(part) || part instanceof DataView) return part;
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    const padding = (alignment - (bytes.length % alignment)) % alignment;
    const place = { $column: part.constructor.name, offset, bytes: bytes.length };
    columns.push(bytes, Buffer.alloc(padding));
    offset += bytes.length + padding;
    return place;
  });
  const json = Buffer.from(text ?? 'null');
  const padding = (alignment - ((4 + json.length) % alignment)) % alignment;
  const header = Buffer.alloc(4);
  header.writeUInt32LE(json.length + padding);
  return Buffer.concat([header, json, Buffer.alloc(padding, ' '), ...columns]);
}

/** Source of the function that the page decodes with. */
export const fromWireSource = `function fromWire(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
  return JSON.parse(text, (_key, part) => {
    const type = part && typeof part === 'object' && part.$column ? globalThis[part.$column] : undefined;
    return type ? new type(buffer, 4 + length + part.offset, part.bytes / type.BYTES_PER_ELEMENT) : part;
  });
}`;
