/** What tests of handlers are given, and what they wrote. */
import { jest } from '@jest/globals';

export { type FakeParts, fakeParts } from './fake-parts.ts';

/** Keeps what functions write to their log, in place of printing it: Powertools writes straight to standard output. */
export function watchLog(): { readonly lines: () => readonly Readonly<Record<string, unknown>>[] } {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const keep = (text: unknown): true => {
    lines.push(JSON.parse(String(text)) as Record<string, unknown>);
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
  return { lines: () => lines };
}
