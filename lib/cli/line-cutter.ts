/** Cuts a stream into lines, in bounded memory: what a line has beyond the limit is let go. */
export class LineCutter {
  readonly #limit: number;
  readonly #decoder = new TextDecoder();
  #begun = '';
  #isTooLong = false;

  /** @param limit - the most that a line may have, in UTF-16 code units */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The lines that end in a chunk; null for one that is longer than the limit. */
  push(chunk: Uint8Array | string): readonly (string | null)[] {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });
    const [first = '', ...more] = text.split('\n');
    this.#add(first);
    return more.map((next) => {
      const line = this.#take();
      this.#add(next);
      return line;
    });
  }

  /** The last line, where no line break ended it. */
  end(): readonly (string | null)[] {
    this.#add(this.#decoder.decode());
    return this.#begun === '' && !this.#isTooLong ? [] : [this.#take()];
  }

  #add(text: string): void {
    this.#isTooLong ||= this.#begun.length + text.length > this.#limit;
    this.#begun = this.#isTooLong ? '' : this.#begun + text;
  }

  #take(): string | null {
    const line = this.#isTooLong ? null : this.#begun.replace(/\r$/u, '');
    this.#begun = '';
    this.#isTooLong = false;
    return line;
  }
}
