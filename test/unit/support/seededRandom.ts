/** Random numbers that a printed seed brings back: a small multiply-with-carry generator, good enough to choose cuts. */
export function randomFrom(seed: number): () => number {
  let high = seed | 0 || 1;
  let low = (seed ^ 0x5bd1e995) | 0 || 2;
  return () => {
    high = (36969 * (high & 0xffff) + (high >>> 16)) | 0;
    low = (18000 * (low & 0xffff) + (low >>> 16)) | 0;
    return (((high << 16) + (low & 0xffff)) >>> 0) / 2 ** 32;
  };
}
