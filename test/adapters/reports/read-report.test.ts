import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readReport } from '../../../lib/adapters/reports/read-report.ts';
import { isCavendishError } from '../../../lib/core/errors/error.ts';
import { fixture, reading } from './reading.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (text: string, options: object = {}) => readReport(bytesOf(text), { source: 'report.json', ...options });

describe('a report', () => {
  it('of a form that is not known is refused, and says which are', () => {
    for (const text of ['null', '{}', '[]', '"text"', '{"Vulnerabilities":[]}']) {
      expect(() => read(text)).toThrow('no report that is known');
    }
  });

  it('that is cut off, is no text or is nested without end is refused', () => {
    expect(() => read(JSON.stringify(fixture('trivy-debian.json')).slice(0, -2))).toThrow('no JSON');
    expect(() => readReport(Uint8Array.of(0xff, 0xfe), { source: 'report.json' })).toThrow('no JSON');
    expect(() => read(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toThrow('nested more than 200 deep');
  });

  it('is read in the form that is given, and in no other', () => {
    expect(() => read(JSON.stringify(fixture('trivy-debian.json')), { format: 'grype' })).toThrow('"matches"');
  });

  it('goes by the name of its scanner, or by the one that is given', () => {
    const text = JSON.stringify(fixture('trivy-debian.json'));

    expect(read(text, { scanner: 'Trivy in CI' }).opinion.scanner.name).toBe('trivy-in-ci');
    expect(() => read(text, { scanner: '(none)' })).toThrow('which is no name');
    expect(() => read(text, { scanner: 'Cavendish' })).toThrow('no second opinion');
  });

  it('says the same in whatever order, and each finding once', () => {
    const report = fixture('trivy-debian.json') as { Results: [{ Vulnerabilities: unknown[] }] };
    const [result] = report.Results;
    const once = reading(report).opinion;
    const { Vulnerabilities: found } = result;
    const twice = { ...report, Results: [{ ...result, Vulnerabilities: [...found, ...found].reverse() }] };

    expect(reading(twice).opinion).toEqual(once);
  });

  it('is read or refused, and breaks nothing, whatever is in it', () => {
    const members = [
      'SchemaVersion',
      'Results',
      'matches',
      'descriptor',
      'source',
      'runs',
      'version',
      'bomFormat',
      'specVersion',
    ];
    const more = ['vulnerabilities', 'imageScanFindings', 'findings', 'Vulnerabilities', 'affects', '__proto__'];
    const anything = fc.jsonValue({ maxDepth: 4 });
    const documents = fc.dictionary(
      fc.constantFrom(...members, ...more),
      fc.oneof(anything, fc.constantFrom(2, '2.1.0', '1.6', 'CycloneDX')),
    );
    fc.assert(
      fc.property(documents, (document) => {
        try {
          reading(document);
        } catch (error) {
          expect(isCavendishError(error)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
