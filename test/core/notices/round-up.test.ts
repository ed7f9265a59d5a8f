import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { roundUp, type RoundUpEntry, roundUpEntry } from '../../../lib/core/notices/round-up.ts';
import type { Decision } from '../../../lib/core/register/assessment.ts';
import { aCount, aDigest, anAssessment, aPlacement } from '../../support/assessments.ts';
import { linesUnder } from '../../support/notices.ts';

function entry(repository: string, verdict: Decision = 'no-go', vulnerabilities = 1, blocking = true): RoundUpEntry {
  const assessment = anAssessment({
    placement: aPlacement({ repository }),
    verdict,
    blocking,
    ...(verdict === 'no-go' ? {} : { reasons: [] }),
    counts: { critical: vulnerabilities, high: 0, medium: 0, low: 0, none: 0, unrated: 0 },
  });
  return roundUpEntry({ assessment, tag: '1.0', previous: null }, repository);
}

const entries = fc
  .array(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,8}\/[a-z]{1,30}$/u),
      verdict: fc.constantFrom<Decision>('go', 'no-go', 'unknown'),
      count: fc.nat(99),
    }),
    { minLength: 2, maxLength: 120 },
  )
  .map((all) => all.map(({ name, verdict, count }, place) => entry(`${name}-${place}`, verdict, count)));

describe('roundUp', () => {
  it('can be read in ten seconds: all is counted, the worst is first', () => {
    const { subject, text, to, kind } = roundUp(
      [
        entry('a/fine', 'go', 0),
        entry('b/bad', 'no-go', 2),
        entry('c/seen', 'no-go', 9, false),
        entry('d/dim', 'unknown'),
      ],
      'shop',
    );

    expect({ subject, to, kind }).toEqual({
      subject: '[Cavendish] 4 verdicts changed: 2 no-go, 1 unknown, 1 go',
      to: 'shop',
      kind: 'round-up',
    });
    expect(text.split('\n')).toEqual([
      '4 VERDICTS CHANGED  2 no-go, 1 unknown, 1 go',
      'judged as of 2026-11-23 00:00 UTC; one message in place of 4',
      '',
      'No-go (2)',
      '  * b/bad:1.0 linux/amd64 for production (new): 2 vulnerabilities, 1',
      '    criterion broken',
      '  * c/seen:1.0 linux/amd64 for production (new, only observed): 9',
      '    vulnerabilities, 1 criterion broken',
      '',
      'Unknown (1)',
      '  * d/dim:1.0 linux/amd64 for production (new): 0 gaps',
      '',
      'Go (1)',
      '  * a/fine:1.0 linux/amd64 for production (new): 0 vulnerabilities',
      '',
      'What to do next',
      '  * the board, the worst first: cavendish images',
      '  * one of them whole, with what to upgrade: cavendish show IMAGE',
      '',
    ]);
  });

  it('says what the verdict was before, and when each was judged', () => {
    const previous = anAssessment({ verdict: 'go' });
    const later = anAssessment({ at: '2026-11-23T08:15:30.000Z' });
    const { text, at } = roundUp(
      [entry('a/a'), roundUpEntry({ assessment: later, tag: null, previous }, 'later')],
      'shop',
    );

    expect(text).toContain('judged as of 2026-11-23 00:00 UTC to 2026-11-23 08:15 UTC');
    expect(text).toMatch(
      new RegExp(`team/app@${aDigest('image').slice(7, 19)} linux/amd64 for production \\(was go\\)`, 'u'),
    );
    expect(at).toBe('2026-11-23T08:15:30.000Z');
  });

  it('counts every verdict that it holds, listed or not', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const { text, subject } = roundUp(all, 'shop');
        const listed = text.split('\n').filter((line) => /^ {2}\* .*:1\.0/u.test(line)).length;
        const more = [...text.matchAll(/\.\.\. and (\d+) more/gu)].reduce((sum, [, count]) => sum + Number(count), 0);
        expect(listed + more).toBe(all.length);
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/u);
        expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024);
      }),
    );
  });

  it('is the same in whatever order they come', () => {
    fc.assert(
      fc.property(entries, (all) => {
        expect(roundUp([...all].reverse(), 'shop')).toEqual(roundUp(all, 'shop'));
      }),
    );
  });

  it('is another one where it holds others', () => {
    const [one, other] = [roundUp([entry('a/a'), entry('a/b')], 'x'), roundUp([entry('a/a'), entry('a/c')], 'x')];

    expect(one.id).not.toBe(other.id);
  });

  it('puts first what blocks, then what has the most vulnerabilities, then goes by name', () => {
    const inOrder = [
      ...[entry('z/blocks'), entry('y/seen', 'no-go', 9, false), entry('x/seen', 'no-go', 2, false)],
      ...[entry('a/seen', 'no-go', 1, false), entry('b/seen', 'no-go', 1, false)],
      ...[entry('w/dim', 'unknown', 9), entry('a/dim', 'unknown', 1), entry('a/fine', 'go', 99)],
    ];
    for (const all of [inOrder, [...inOrder].reverse()]) {
      const listed = [...roundUp(all, 'shop').text.matchAll(/\* (\w\/\w+):1\.0/gu)].map(([, name]) => name);
      expect(listed).toEqual(['z/blocks', 'y/seen', 'x/seen', 'a/seen', 'b/seen', 'w/dim', 'a/dim', 'a/fine']);
    }
  });

  it.each([
    ['go', 'Go (30)', 5],
    ['unknown', 'Unknown (30)', 15],
    ['no-go', 'No-go (30)', 25],
  ] as const)('counts good news more than it lists it: %s', (verdict, title, most) => {
    const all = Array.from({ length: 30 }, (_, at) => entry(`a/app-${String(at)}`, verdict));
    const lines = linesUnder(title, roundUp(all, 'shop').text);
    expect([lines.length, lines.at(-1)]).toEqual([most + 1, `... and ${String(30 - most)} more`]);
  });

  it('is good where all of it is', () => {
    expect(roundUp([entry('a/a', 'go'), entry('a/b', 'go')], 'x').letter.tone).toBe('good');
    expect(roundUp([entry('a/a', 'go'), entry('a/b', 'unknown')], 'x').letter.tone).toBe('bad');
  });

  it('speaks of the first to the last instant, in whatever order verdicts come', () => {
    const at = (instant: string, name: string) => ({ ...entry(name), at: instant });
    const { text, at: last } = roundUp(
      [
        at('2026-11-23T09:00:00.000Z', 'a/a'),
        at('2026-11-23T07:00:00.000Z', 'a/b'),
        at('2026-11-23T08:00:00.000Z', 'a/c'),
      ],
      'x',
    );
    expect(text).toContain('judged as of 2026-11-23 07:00 UTC to 2026-11-23 09:00 UTC; one message in\nplace of 3');
    expect(last).toBe('2026-11-23T09:00:00.000Z');
  });

  it('says nothing of observing where nothing would be stopped anyway, and counts all severities', () => {
    const seen = roundUpEntry(
      {
        assessment: anAssessment({ verdict: 'go', blocking: false, counts: aCount({ high: 1, low: 2 }) }),
        ...{ tag: '1.0', previous: null },
      },
      'x',
    );
    expect(seen).toMatchObject({
      vulnerabilities: 3,
      line: 'team/app:1.0 linux/amd64 for production (new): 3 vulnerabilities',
    });
  });
});
