import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Adoption } from '../../../lib/core/appetite/adoption.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { digestOf } from '../../../lib/core/canonical/canonical.ts';
import { adoptAppetite } from '../../../lib/pipeline/appetite/adopt.ts';
import { adoptionInForce, appetiteReader } from '../../../lib/pipeline/appetite/in-force.ts';
import { readAdoptions } from '../../../lib/pipeline/appetite/read-adoptions.ts';
import { PLAN_AGAIN } from '../../../lib/pipeline/work/work-types.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { memoryStore } from '../../support/memory-store.ts';

const AT = '2026-11-25T08:00:00.000Z';
const OPERATED = 'people: [{ name: Otto, principals: ["laptop:otto"], roles: [operator] }]\n';
const FIRST = anAppetiteFile().concat(OPERATED);
const OTHER = FIRST.replace('What we accept', 'What else we accept');
const LAST = FIRST.replace('What we accept', 'What we accept at last');
const OTTO = { principal: 'laptop:otto', person: 'Otto' };

function aHome(text = anAppetiteFile()) {
  const { register, work } = memoryStore();
  const evidence = memoryEvidence();
  const hash = digestOf(new TextEncoder().encode(text));
  const fallback = { hash, source: 'default appetite', value: parseAppetite(text, 'default appetite') };
  const inForce = appetiteReader({ register, evidence, fallback: () => Promise.resolve(fallback) });
  const adopt = async (given: string, at = AT, why = 'a trial', caller = OTTO) =>
    await adoptAppetite(
      { text: given, name: 'appetite.yaml', why },
      { register, evidence, caller, at, appetite: await inForce() },
    );
  return { register, work, evidence, fallback, inForce, adopt };
}

describe('adoptAppetite', () => {
  it('puts a version in force, with who and why, keeps its text, and has everything judged again', async () => {
    const { register, work, evidence, fallback, inForce, adopt } = aHome();
    expect(await inForce()).toBe(fallback);

    const { adoption, changed } = await adopt(FIRST);
    const hash = digestOf(new TextEncoder().encode(FIRST));

    expect(changed).toBe(true);
    expect(adoption).toEqual({
      ...{ hash, name: 'appetite.yaml', at: AT, by: OTTO, why: 'a trial', before: fallback.hash },
    });
    expect(await inForce()).toMatchObject({ hash, source: 'appetite.yaml, adopted 2026-11-25' });
    expect(new TextDecoder().decode((await evidence.get(hash)) ?? undefined)).toBe(FIRST);
    const planned = await work.claim(new Date(AT));
    expect(planned).toMatchObject({
      type: PLAN_AGAIN,
      body: { kind: 'appetite', at: AT, before: fallback.hash, after: hash },
    });
    expect(await readAdoptions({ limit: 10, after: null }, register)).toEqual({ rows: [adoption], next: null });
  });

  it('changes nothing where that text is in force already', async () => {
    const { register, adopt } = aHome();
    const { adoption } = await adopt(FIRST);

    expect(await adopt(FIRST, '2026-11-26T08:00:00.000Z', 'again')).toEqual({ adoption, changed: false });
    expect((await readAdoptions({ limit: 10, after: null }, register)).rows).toHaveLength(1);
  });

  it('judges nothing again where it is judged by that text already', async () => {
    const { work, inForce, adopt } = aHome(FIRST);

    expect((await adopt(FIRST)).changed).toBe(true);
    expect((await inForce()).source).toBe('appetite.yaml, adopted 2026-11-25');
    expect(await work.claim(new Date(AT))).toBeNull();
  });

  it('keeps every version, in the order of adoption, whatever the clocks say', async () => {
    const { register, adopt } = aHome();
    await adopt(FIRST);
    await adopt(OTHER, '2026-11-24T00:00:00.000Z');
    await adopt(FIRST, '2026-11-24T00:00:00.000Z');
    const { rows, next } = await readAdoptions({ limit: 2, after: null }, register);
    const { rows: rest } = await readAdoptions({ limit: 2, after: next }, register);

    expect([...rows, ...rest].map(({ at }) => at)).toEqual([
      '2026-11-25T08:00:00.002Z',
      '2026-11-25T08:00:00.001Z',
      AT,
    ]);
    expect(rows[0]).toMatchObject({ hash: rest[0]?.hash, before: rows[1]?.hash });
    expect(await adoptionInForce(register)).toEqual(rows[0]);
  });

  it('of two at once takes one after the other', async () => {
    const { register, adopt } = aHome();
    await Promise.all([adopt(FIRST), adopt(OTHER)]);
    const { rows } = await readAdoptions({ limit: 10, after: null }, register);

    expect(rows).toHaveLength(2);
    expect(rows[0]?.before).toBe(rows[1]?.hash);
    expect(await adoptionInForce(register)).toEqual(rows[0]);
  });

  it.each([
    ['is wrong', FIRST.replace('version: 1', 'version: 2'), 'appetite.yaml:1:10'],
    ['names nobody who could adopt another', anAppetiteFile(), 'names nobody who could adopt the next version'],
    [
      'gives the role to somebody who comes as nobody',
      anAppetiteFile().concat('people: [{ name: Otto, roles: [operator] }]\n'),
      'names nobody who could adopt the next version',
    ],
  ])('refuses a file that %s, and changes nothing', async (_, text, says) => {
    const { register, evidence, adopt } = aHome();

    await expect(adopt(text)).rejects.toThrow(says);
    expect(await adoptionInForce(register)).toBeNull();
    expect(evidence.held.size).toBe(0);
  });
});

describe('the history of adoptions', () => {
  it('only grows, in the order of adoption, each behind the one before', async () => {
    const step = fc.record({ text: fc.constantFrom(FIRST, OTHER, LAST), hours: fc.integer({ min: -2, max: 2 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { register, inForce, adopt, fallback } = aHome();
        let known: readonly Adoption[] = [];
        for (const { text, hours } of steps) {
          const { changed } = await adopt(text, new Date(Date.parse(AT) + hours * 3_600_000).toISOString());
          const { rows } = await readAdoptions({ limit: 100, after: null }, register);

          expect(rows.slice(changed ? 1 : 0)).toEqual(known);
          expect(rows[0]?.before).toBe(changed ? (known[0]?.hash ?? fallback.hash) : rows[0]?.before);
          expect((await inForce()).hash).toBe(digestOf(new TextEncoder().encode(text)));
          known = rows;
        }
        expect(known.map(({ at }) => at)).toEqual(
          known
            .map(({ at }) => at)
            .toSorted()
            .toReversed(),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('appetiteReader', () => {
  it('sees an adoption by another at the next piece of work, and parses a version once', async () => {
    const { inForce, adopt } = aHome();
    await adopt(FIRST);
    const first = await inForce();
    expect(await inForce()).toBe(first);

    await adopt(OTHER);
    expect((await inForce()).value.statement).toBe('What else we accept.');
  });

  it('falls back on nothing where the adopted text is gone or altered', async () => {
    const { evidence, adopt, inForce } = aHome();
    const { adoption } = await adopt(FIRST);
    evidence.held.delete(adoption.hash);

    await expect(inForce()).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(adoption.hash) as unknown,
    });
  });
});
