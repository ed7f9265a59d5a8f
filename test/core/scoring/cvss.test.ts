import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { metricOf, ratingOf, severityOfScore } from '../../../lib/core/scoring/cvss.ts';

function scoresIn(file: string): readonly [score: string, vector: string, cve: string][] {
  return readFileSync(`test/fixtures/scoring/${file}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t') as [string, string, string]);
}

const PUBLISHED = scoresIn('published-base-scores.tsv');

const BASE = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const BASE_4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

describe('ratingOf', () => {
  it('computes what CVE records publish, for every score and version that occurs', () => {
    expect(PUBLISHED).toHaveLength(215);
    const computed = PUBLISHED.map(([, vector, cve]) => [cve, ratingOf(vector, 'cna:x')?.score.toFixed(1)]);
    expect(computed).toEqual(PUBLISHED.map(([score, , cve]) => [cve, score]));
  });

  it.each(scoresIn('first-examples.tsv'))("computes FIRST's example: %s for %s (%s)", (score, vector) => {
    expect(ratingOf(vector, 'cna:x')?.score.toFixed(1)).toBe(score);
  });

  it('keeps vector, version and source beside the score', () => {
    expect(ratingOf(BASE_4, 'cna:x')).toEqual({ score: 9.3, vector: BASE_4, version: '4.0', source: 'cna:x' });
  });

  it.each([
    ['temporal metrics of 3.1', `${BASE}/E:U/RL:O/RC:U`, 9.8],
    ['environmental metrics of 3.1', `${BASE}/CR:L/IR:L/AR:L/MAV:P`, 9.8],
    ['the threat metric of 4.0', `${BASE_4}/E:U`, 9.3],
    ['environmental metrics of 4.0', `${BASE_4}/MAV:P/CR:L`, 9.3],
    ['supplemental metrics of 4.0', `${BASE_4}/AU:N/R:A/U:Clear`, 9.3],
  ])('leaves %s out of the base score', (_, vector, score) => {
    expect(ratingOf(vector, 'cna:x')?.score).toBe(score);
  });

  it.each([
    ['nothing', ''],
    ['rubbish', 'rubbish'],
    ['version 2', 'AV:N/AC:L/Au:N/C:P/I:P/A:P'],
    ['a version that is not there yet', BASE.replace('3.1', '9.9')],
    ['a prefix alone', 'CVSS:3.1/'],
    ['a base metric that is missing', BASE.replace('/A:H', '')],
    ['a value that the metric does not have', BASE.replace('A:H', 'A:Q')],
    ['a metric that the version does not have', `${BASE}/ZZ:1`],
    ['a metric of another version', `${BASE}/AT:N`],
    ['a metric that is there twice', `${BASE}/AV:P`],
    ['a vector of no bounds', `${BASE}${'/E:X'.repeat(100)}`],
    ['small letters', BASE.toLowerCase()],
  ])('gives null for %s', (_, vector) => {
    expect(ratingOf(vector, 'cna:x')).toBeNull();
  });
});

describe('severityOfScore', () => {
  it.each([
    [0, 'none'],
    [0.1, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [6.9, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
    [10, 'critical'],
  ])('calls %d %s', (score, severity) => {
    expect(severityOfScore(score)).toBe(severity);
  });
});

describe('metricOf', () => {
  it.each([
    ['AV', 'N'],
    ['A', 'H'],
    ['AT', null],
  ])('reads %s', (metric, value) => {
    expect(metricOf(BASE, metric)).toBe(value);
  });
});
