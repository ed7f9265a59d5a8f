import { describe, expect, it } from '@jest/globals';

import { epssModelOf, isEpssHeader, readEpssHeader, readEpssLine } from '../../../lib/core/advisories/epss.ts';

describe('readEpssHeader', () => {
  it.each([
    ['#model_version:v2025.03.14,score_date:2026-06-14T00:00:00+0000', 'v2025.03.14', '2026-06-14T00:00:00.000Z'],
    ['#model_version:unknown,score_date:2026-06-14T00:00:00+0000', null, '2026-06-14T00:00:00.000Z'],
    ['#score_date:2026-06-14', null, '2026-06-14T00:00:00.000Z'],
    ['#model_version:v3', 'v3', null],
    ['# nothing', null, null],
  ])('reads %s', (line, modelVersion, date) => {
    expect(isEpssHeader(line)).toBe(true);
    expect(readEpssHeader(line)).toEqual({ modelVersion, date });
  });

  it('is the line that begins with a hash', () => {
    expect(isEpssHeader('cve,epss,percentile')).toBe(false);
  });

  it('refuses a date that is none', () => {
    expect(() => readEpssHeader('#model_version:v4,score_date:today')).toThrow(
      expect.objectContaining({ code: 'bad-input', message: 'EPSS: "today" is not the date of its scores' }),
    );
  });
});

describe('epssModelOf', () => {
  it.each([
    ['2021-01-06T23:59:59.999Z', 'unknown'],
    ['2021-01-07T00:00:00.000Z', 'v1'],
    ['2022-02-03T00:00:00.000Z', 'v1'],
    ['2022-02-04T00:00:00.000Z', 'v2'],
    ['2023-03-06T00:00:00.000Z', 'v2'],
    ['2023-03-07T00:00:00.000Z', 'v3'],
    ['2025-03-16T00:00:00.000Z', 'v3'],
    ['2025-03-17T00:00:00.000Z', 'v4'],
    ['2026-06-14T00:00:00.000Z', 'v4'],
    ['2026-06-15T00:00:00.000Z', 'v5'],
    ['2026-08-16T00:00:00.000Z', 'v5'],
  ])('on %s the model is %s', (date, model) => {
    expect(epssModelOf(date)).toBe(model);
  });
});

describe('readEpssLine', () => {
  it.each([
    ['CVE-1999-0001,0.00988,0.77371', { id: 'CVE-1999-0001', score: 0.00988, percentile: 0.77371 }],
    ['CVE-2026-109518,0,1', { id: 'CVE-2026-109518', score: 0, percentile: 1 }],
    ['CVE-2026-0001,1e-05,1.0', { id: 'CVE-2026-0001', score: 0.00001, percentile: 1 }],
  ])('reads %s', (line, record) => {
    expect(readEpssLine(line, 3)).toEqual(record);
  });

  it.each([
    ['CVE-1999-0001,0.00988', 'line 7 is not "cve,epss,percentile": "CVE-1999-0001,0.00988"'],
    ['CVE-1999-0001,0.00988,0.7,9', 'line 7 is not'],
    ['CVE-1999', 'line 7 is not'],
    ['', 'line 7 is not'],
    [' CVE-1999-0001,0.1,0.2', 'line 7 is not'],
    ['<html>', 'line 7 is not'],
    ['CVE-1999-0001,,0.2', 'CVE-1999-0001: epss "" is not a figure between 0 and 1'],
    ['CVE-1999-0001,0.1,', 'CVE-1999-0001: percentile "" is not a figure'],
    ['CVE-1999-0001,NaN,0.2', 'epss "NaN" is not a figure'],
    ['CVE-1999-0001,0x1,0.2', 'epss "0x1" is not a figure'],
    ['CVE-1999-0001,1.00001,0.2', 'epss "1.00001" is not a figure'],
    ['CVE-1999-0001,-0.1,0.2', 'epss "-0.1" is not a figure'],
    ['CVE-1999-0001,0.1,1e9', 'percentile "1e9" is not a figure'],
    ['CVE-1999-0001,0.1,0.2 ', 'percentile "0.2 " is not a figure'],
  ])('refuses %j', (line, message) => {
    expect(() => readEpssLine(line, 7)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) }),
    );
  });
});
