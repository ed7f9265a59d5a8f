/** Text as a POSIX shell takes it for one word: what is offered to be typed runs nothing that it quotes. */
export function shellWord(text: string): string {
  return /^[\w./:@+,%=-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
