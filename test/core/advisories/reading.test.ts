import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { instantOf, isDay, nameOf, readAs } from '../../../lib/core/advisories/reading.ts';

describe('readAs', () => {
  const schema = z.object({ list: z.array(z.number()) });

  it('gives what the schema reads, and no more', () => {
    expect(readAs(schema, { list: [1], other: 2 }, 'it')).toEqual({ list: [1] });
  });

  it('names what is read, and the field', () => {
    expect(() => readAs(schema, { list: [1, 'x'] }, 'it')).toThrow(/^it: "list\.1": Invalid input/u);
    expect(() => readAs(schema, 7, 'it')).toThrow(/^it: Invalid input/u);
  });
});

describe('nameOf', () => {
  it.each([
    ['A\u001b', 'CVE record A\ufffd'],
    ['x'.repeat(200), `CVE record ${'x'.repeat(100)}`],
    ['', 'CVE record without a name'],
    [7, 'CVE record without a name'],
  ])('of %j', (id, name) => {
    expect(nameOf('CVE record', id)).toBe(name);
  });
});

describe('instantOf', () => {
  const zone = process.env['TZ'];
  beforeAll(() => {
    // No zone means UTC wherever the machine stands.
    process.env['TZ'] = 'Asia/Tokyo';
  });
  afterAll(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it.each([
    ['2026-08-16T00:00:00Z', '2026-08-16T00:00:00.000Z'],
    ['2026-08-16T00:00:00+0000', '2026-08-16T00:00:00.000Z'],
    ['2026-08-16T01:30:00+01:30', '2026-08-16T00:00:00.000Z'],
    ['2026-08-16T00:00:00-0200', '2026-08-16T02:00:00.000Z'],
    ['1999-09-29T04:00:00', '1999-09-29T04:00:00.000Z'],
    ['2026-08-16T04:00', '2026-08-16T04:00:00.000Z'],
    ['2026-03-09T02:11:37.555571Z', '2026-03-09T02:11:37.555Z'],
    ['2026-08-16', '2026-08-16T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it.each([
    '',
    'today',
    '2026',
    '2026-08',
    '2026-13-01',
    '2026-02-29',
    '2026-02-30T00:00:00Z',
    '2026-08-16T25:00:00Z',
    '2026-08-16Z',
    '16-08-2026',
    '2026-08-16 00:00:00',
    '<RFC3339 date with the year 2026>',
  ])('refuses %j', (text) => {
    expect(instantOf(text)).toBeNull();
  });
});

describe('isDay', () => {
  it.each([
    ['2026-08-07', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-8-7', false],
    ['2026-08-07T00:00:00Z', false],
    ['2026-08-07T', false],
    ['+002026-08-07', false],
    ['', false],
  ])('%s: %p', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});
