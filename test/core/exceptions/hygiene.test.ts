import { describe, expect, it } from '@jest/globals';

import type { Exception, Grant } from '../../../lib/core/exceptions/exception.ts';
import { type Checking, remarksOn } from '../../../lib/core/exceptions/hygiene.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { aFact, aGrant, anExceptionId } from '../../support/grants.ts';

const AT = '2026-11-25T12:00:00.000Z';
const COUNT = { findings: 3, images: 2 };

function inForce(grant: Grant, review: Exception['review'] = null): Exception {
  const { id, terms, requester, approver, at } = grant;
  return {
    ...{ id, terms, requester, requestedAt: at, state: 'granted', approver, decidedAt: at, grant: null },
    ...{ renews: null, review, withdrawnControls: [], ended: null },
  };
}

function remarks(given: Partial<Checking> = {}): readonly string[] {
  const grant = aGrant({ count: COUNT });
  const now = { facts: [], count: COUNT };
  return remarksOn({ exception: inForce(grant), grant, now, others: [], at: AT, ...given }).map(
    ({ kind, message }) => `${kind}: ${message}`,
  );
}

describe('what is remarked on an exception in force', () => {
  it('is nothing where it covers what it was granted for', () => {
    expect(remarks()).toEqual([]);
  });

  it('is that it matches nothing any more', () => {
    expect(remarks({ now: { facts: [], count: { findings: 0, images: 0 } } })).toEqual([
      'unused: it matches nothing any more: revoke it, or leave it to its end',
    ]);
  });

  it.each([
    [{ findings: 7, images: 2 }, false],
    [{ findings: 8, images: 2 }, true],
    [{ findings: 3, images: 6 }, false],
    [{ findings: 3, images: 7 }, true],
  ])('is that it grew: %j', (count, grew) => {
    const said = `grown: it was granted for 3 findings in 2 images, and covers ${count.findings} findings in ${count.images} images now`;
    expect(remarks({ now: { facts: [], count } })).toEqual(grew ? [said] : []);
  });

  it('is that another says the same: the same images, a stage and a name in common', () => {
    const other = (scope: Partial<Grant['terms']['scope']>) => inForce(aGrant({ id: anExceptionId(2), scope }));
    const said = [`overlaps: it says at least in part what ${anExceptionId(2)} says`];

    expect(remarks({ others: [other({ vulnerabilities: ['CVE-2026-1'] })] })).toEqual(said);
    expect(remarks({ others: [other({ packages: [], vulnerabilities: ['CVE-2026-1'] })] })).toEqual(said);
    expect(remarks({ others: [other({ packages: ['openssl'] })] })).toEqual([]);
    expect(remarks({ others: [other({ stages: ['testing'] })] })).toEqual([]);
    expect(remarks({ others: [other({ images: { repository: 'team/other' } })] })).toEqual([]);
  });

  it('is that there is a fix which was not there at the grant', () => {
    const grant = aGrant({
      count: COUNT,
      facts: [aFact({ vulnerability: 'CVE-1' }), aFact({ vulnerability: 'CVE-2', fixedIn: '2' })],
    });
    const now = {
      facts: [aFact({ vulnerability: 'CVE-1', fixedIn: '5.36-2' }), aFact({ vulnerability: 'CVE-2', fixedIn: '2' })],
      count: COUNT,
    };
    expect(remarks({ grant, now })).toEqual(['fix-out: there is a fix now: CVE-1 (perl 5.36-2)']);
  });

  it('is that a review is due, and that it ends within a fortnight', () => {
    const review = endOfDay('2026-11-24', 'UTC');
    const grant = aGrant({ count: COUNT, terms: { expiry: endOfDay('2026-12-08', 'UTC') } });
    expect(remarks({ grant, exception: inForce(grant, review) })).toEqual([
      'review-due: its review was due on 2026-11-24',
      'ends-soon: it ends on 2026-12-08',
    ]);
  });

  it('is not that it grew where that is not twice as much', () => {
    const grant = aGrant({ count: { findings: 100, images: 2 } });
    const grown = (findings: number) =>
      remarks({ grant, now: { facts: [], count: { findings, images: 2 } } }).length > 0;
    expect([199, 200].map(grown)).toEqual([false, true]);
  });

  it('names all that say the same, by a stage and a name that some of each have in common', () => {
    const scope = { packages: ['perl', 'zlib'], stages: ['production' as const, 'testing' as const] };
    const grant = aGrant({ count: COUNT, scope });
    const others = [2, 3].map((id) =>
      inForce(
        aGrant({ id: anExceptionId(id), scope: { packages: ['perl', 'bash'], stages: ['production', 'development'] } }),
      ),
    );
    expect(remarks({ grant, exception: inForce(grant), others })).toEqual([
      `overlaps: it says at least in part what ${anExceptionId(2)}, ${anExceptionId(3)} says`,
    ]);
  });

  it('names every fix, and no vulnerability that has none still', () => {
    const then = ['CVE-1', 'CVE-2', 'CVE-3'].map((vulnerability) => aFact({ vulnerability }));
    const facts = then.map((fact, at) => ({ ...fact, fixedIn: at === 1 ? null : String(at) }));
    expect(remarks({ grant: aGrant({ count: COUNT, facts: then }), now: { facts, count: COUNT } })).toEqual([
      'fix-out: there is a fix now: CVE-1 (perl 0), CVE-3 (perl 2)',
    ]);
  });

  it.each([
    ['more than fourteen days before', '2026-12-16T23:59:59.999Z', 0],
    ['fourteen days before', '2026-12-17T00:00:00.000Z', 1],
    ['a moment before', '2026-12-30T23:59:59.999Z', 1],
    ['at its end', '2026-12-31T00:00:00.000Z', 0],
    ['after it', '2027-01-01T00:00:00.000Z', 0],
  ])('is that it ends soon: %s', (_, at, count) => {
    const grant = aGrant({ count: COUNT, terms: { expiry: endOfDay('2026-12-30', 'UTC') } });
    expect(remarks({ grant, at })).toHaveLength(count);
  });
});
