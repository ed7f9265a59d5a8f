import { describe, expect, it } from '@jest/globals';

import { impurities } from './pure.ts';
import { filesOf } from './tree.ts';

const core = filesOf('lib/core', /\.ts$/u);

describe('lib/core', () => {
  it('is there', () => {
    expect(core.length).toBeGreaterThan(10);
  });

  it('reads no clock, no chance, no environment and nothing of the machine', () => {
    expect(core.flatMap(impurities)).toEqual([]);
  });

  it('imports nothing of Node', () => {
    expect(core.filter(({ text }) => text.includes("from 'node:")).map(({ path }) => path)).toEqual([]);
  });
});

describe('the search for impurities', () => {
  it.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'new Date(2026, 10, 23)',
    'Math.random()',
    'Temporal.Now.instant()',
    'process.env.HOME',
    'globalThis.process',
    'a.localeCompare(b)',
    'at.getHours()',
    'new Intl.DateTimeFormat()',
    'performance.now()',
    'crypto.randomUUID()',
    'fetch(address)',
  ])('finds %s', (text) => {
    expect(impurities({ path: 'a.ts', text })).not.toEqual([]);
  });

  it.each([
    'new Date(at)',
    'at.getUTCHours()',
    'Math.max(1, 2)',
    'job.process',
    '({ process: 1 })',
    'Date.UTC(2026, 1)',
  ])('lets %s be', (text) => {
    expect(impurities({ path: 'a.ts', text })).toEqual([]);
  });
});
