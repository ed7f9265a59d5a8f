/** Two people decide on one exception at the same time: one of them does, and never both. On every register. */
import { expect, it } from '@jest/globals';

import { contentId } from '../../lib/core/canonical/canonical.ts';
import { readCoversRow } from '../../lib/core/exceptions/covers-row.ts';
import type { Draft } from '../../lib/core/exceptions/exception.ts';
import { coversKey } from '../../lib/core/register/exception-keys.ts';
import { approveException, refuseException } from '../../lib/pipeline/exceptions/approve-exception.ts';
import { changesOf, readException } from '../../lib/pipeline/exceptions/exception-items.ts';
import { requestException } from '../../lib/pipeline/exceptions/request-exception.ts';
import { revokeException } from '../../lib/pipeline/exceptions/take-back.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import { acting, aDraft } from '../support/exception-people.ts';
import { memoryEvidence } from '../support/memory-evidence.ts';

interface Opened {
  readonly register: RegisterStore;
}

const START = Date.parse('2026-11-25T00:00:00Z');
/** Of one image: where an asset's images stand is asked of 256 partitions, which is no part of any race. */
const SCOPE = {
  vulnerabilities: ['CVE-2026-1'],
  packages: [],
  images: { digest: contentId('the image') },
  stages: ['production'],
} satisfies Draft['scope'];

/** @param rounds - of two races each */
export function exceptionRaces(name: string, rounds: number, open: () => Promise<Opened> | Opened): void {
  it(`${name}: of two who decide at the same time one does, ${String(rounds)} times`, async () => {
    const { register } = await open();
    const stores = { register, evidence: memoryEvidence() };
    const outcomes = { granted: 0, refused: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const at = (seconds: number) => new Date(START + round * 60_000 + seconds * 1000).toISOString();
      const { exception } = await requestException(
        { terms: aDraft({ scope: SCOPE }), renews: null },
        acting('ada', at(0), stores),
      );
      const { id } = exception;

      const decided = await Promise.allSettled([
        approveException({ id, why: null }, acting('amir', at(1), stores)),
        round % 2 === 0
          ? refuseException({ id, why: 'no' }, acting('anna', at(1), stores))
          : approveException({ id, why: null }, acting('anna', at(1), stores)),
      ]);
      expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

      const { state } = (await readException(id, register)).exception;
      outcomes[state as keyof typeof outcomes] += 1;
      const key = coversKey(exception.terms.scope.images, id, 1);
      expect((await register.get(key)) !== null).toBe(state === 'granted');
      expect((await changesOf(id, register)).map(({ did }) => did)).toEqual(['requested', state]);
      if (state !== 'granted') continue;

      const ended = await Promise.allSettled(
        ['amir', 'anna'].map((who) => revokeException({ id, why: 'no more' }, acting(who, at(2), stores))),
      );
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const row = await register.get(key);
      expect(row === null ? null : readCoversRow(row).endedAt).toBe(at(2));
      expect((await changesOf(id, register)).map(({ did }) => did)).toEqual(['requested', 'granted', 'ended']);
    }
    // Each of the two may be the faster one.
    expect(outcomes.granted + outcomes.refused).toBe(rounds);
    expect(outcomes.granted).toBeGreaterThan(0);
  });
}
