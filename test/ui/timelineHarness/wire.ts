/** Answers with typed arrays as JSON, for the harness only (VS Code's own messages carry them as they are). */

export function toWire(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (!ArrayBuffer.isView(part) || part instanceof DataView) return part;
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    return { '\u0000column': part.constructor.name, base64: bytes.toString('base64') };
  });
}

/** Source of the function that the page decodes with. */
export const fromWireSource = `function fromWire(text) {
  return JSON.parse(text, (_key, part) => {
    const type = part && typeof part === 'object' ? part['\\u0000column'] : undefined;
    if (!type) return part;
    const binary = atob(part.base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return new globalThis[type](bytes.buffer);
  });
}`;
