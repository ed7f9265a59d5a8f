/**
 * Says by its first bytes how a file is to be read. Names say nothing: mirrors rename, and a
 * "catalogue.json" may be the page of a proxy.
 */
export type Form = 'zip' | 'gzip' | 'json' | 'epss' | 'html' | 'empty' | 'unknown';

/** Bytes that are looked at. */
const HEAD = 512;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

export function formOf(head: Uint8Array): Form {
  if (head.length === 0) return 'empty';
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip';

  const text = Buffer.from(head.subarray(0, HEAD)).toString('latin1').trimStart();
  if (text === '') return head.length < HEAD ? 'empty' : 'unknown';
  if (text.startsWith('{') || text.startsWith('[')) return 'json';
  if (/^#[^\n]*(?:model_version|score_date)|^cve,epss/u.test(text)) return 'epss';
  return text.startsWith('<') ? 'html' : 'unknown';
}

interface Peeked {
  /** The first bytes. */
  readonly head: Uint8Array;
  /** All of it, the first bytes too, without the mark of UTF-8 that some editors write. */
  readonly whole: AsyncIterable<Uint8Array>;
  /** For who doesn't read the whole. */
  close(): Promise<void>;
}

export async function peek(bytes: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  while (head.length < HEAD && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  if (startsWith(head, BYTE_ORDER_MARK)) head = head.subarray(BYTE_ORDER_MARK.length);

  async function* whole(): AsyncIterable<Uint8Array> {
    try {
      yield head;
      while (!ended) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return {
    head,
    whole: whole(),
    async close() {
      await iterator.return?.();
    },
  };
}

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => head[at] === byte);
}
