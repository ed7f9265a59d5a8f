/** What was set aside of a feed, for people. */
import { plainLine } from '../../core/text/plain.ts';
import type { StoredQuarantined } from '../../pipeline/feeds/quarantine-items.ts';

const STATES: Readonly<Record<StoredQuarantined['state'], string>> = {
  held: 'set aside, what was held stays',
  released: 'released',
  rejected: 'rejected',
  overtaken: 'overtaken by what came later',
};

export function quarantinedLines(one: StoredQuarantined): readonly string[] {
  const { feed, hash, at, source, reasons, state, by, why, settledAt } = one;
  const version = hash === null ? 'could not be read' : hash.slice('sha256:'.length, 'sha256:'.length + 12);
  const word = by === null ? '' : ` by ${plainLine(by)} at ${(settledAt ?? '').slice(0, 16)}: ${plainLine(why ?? '')}`;
  return [
    `${feed} (${version}) of ${at.slice(0, 16)} from ${plainLine(source)}: ${STATES[state]}${word}`,
    ...reasons.map(({ message }) => `  ${plainLine(message)}`),
  ];
}
