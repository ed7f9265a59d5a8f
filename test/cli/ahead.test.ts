import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';

import type { Coming } from '../../lib/core/ahead/coming.ts';
import { run, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const APPETITE = `
version: 1
statement: Whoever accepts a risk hears of its end.
zone: Europe/Berlin
people:
  - { name: Ada Asker, principals: ['laptop:ada'], roles: [developer] }
  - { name: Amir Approver, principals: ['laptop:amir'], email: amir@example.org, roles: [approver] }
  - { name: Olive Owner, principals: ['laptop:olive'], email: olive@example.org, roles: [owner] }
unnamed: { stage: production, owner: nobody }
assets:
  - { id: shop, repositories: ['team/**'], owner: Olive Owner, stage: production, criticality: medium }
stages:
  development: &stage { criteria: [{ id: ok, says: ok, image: 'false' }] }
  testing: *stage
  production: *stage
`;

const NOW = new Date('2026-11-25T09:00:00Z');

let folder: TemporaryFolder;
let data: string;
let id = '';

async function cavendish(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run([...argv, '--data', data], { now: () => NOW });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function settle(): Promise<void> {
  const home = await startHome({ data, once: true, now: () => NOW });
  await home.ended;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  await settle();
  await writeFile(join(data, 'appetite.yaml'), APPETITE);
  const terms = ['--asset', 'shop', '--stage', 'production', '--owner', 'Olive Owner', '--reason', 'not reachable'];
  const dates = ['--review', '2026-12-20', '--until', '2027-01-10'];
  const asked = await cavendish(
    'exception',
    'request',
    '--vuln',
    'CVE-2026-1',
    ...terms,
    ...dates,
    '--as',
    'ada',
    '--json',
  );
  ({ id } = (JSON.parse(asked) as { exception: { id: string } }).exception);
  await cavendish('exception', 'approve', id, '--why', 'until the next release', '--as', 'amir');
  await settle();
}, 60_000);

afterAll(async () => {
  await folder.remove();
});

async function calendar(...argv: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const parsed = new ICAL.Component(ICAL.parse(await cavendish('reminders', 'calendar', ...argv)) as never[]);
  const events = parsed.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  return new Map(events.map(({ uid, summary, startDate }) => [uid, `${startDate.toString()} ${summary}`]));
}

describe('reminders calendar', () => {
  it('has every open date, and moves what moves', async () => {
    const before = await calendar('--as', 'amir', '--mine');
    expect([...before.values()].sort()).toEqual([
      '2026-12-20 Review of an exception: CVE-2026-1 in shop',
      '2027-01-10 Exception ends: CVE-2026-1 in shop',
    ]);
    const answer = ['--still-needed', '--next', '2026-12-30', '--why', 'still not reachable', '--as', 'olive'];
    await cavendish('exception', 'review', id, ...answer);
    await settle();

    const after = await calendar('--as', 'olive', '--asset', 'shop');
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    expect([...after.values()].sort()[0]).toBe('2026-12-30 Review of an exception: CVE-2026-1 in shop');
    expect(await calendar('--as', 'amir', '--asset', 'other')).toEqual(new Map());
  });
});

describe('rehearse', () => {
  it('says what comes, in order, and who hears of it', async () => {
    const said = await cavendish('rehearse', '--until', '2027-01-20', '--as', 'amir');
    expect(said).toContain('Until 2027-01-20, if nobody does anything:');
    expect(said).toMatch(
      /2027-01-09 08:00Z {2}reminder {2}expiry:EX-\w+ {2}CVE-2026-1 in shop \(1 day before\) +-> Olive Owner, Amir Approver/u,
    );
    expect(said).toMatch(/2027-01-10 23:00Z {2}date {6}expiry:EX-\w+ {2}CVE-2026-1 in shop: it ends/u);

    const { coming } = JSON.parse(await cavendish('rehearse', '--until', '2027-01-20', '--as', 'amir', '--json')) as {
      readonly coming: readonly Coming[];
    };
    expect(coming.map(({ at }) => at)).toEqual(coming.map(({ at }) => at).sort());
    const rungs = coming.flatMap((one) => (one.what === 'reminder' && one.kind === 'expiry' ? one.rung : []));
    expect(rungs).toEqual(['30', '14', '7', '1', '0', '+7']);
  });

  it('takes no day that is past, or too far to know', async () => {
    const asked = (until: string) => run(['rehearse', '--until', until, '--data', data], { now: () => NOW });
    expect((await asked('2026-11-24')).stderr).toContain('2026-11-24 is past already');
    expect((await asked('2040-01-01')).stderr).toContain('more than 3 years ahead');
    expect((await asked('soon')).stderr).toContain('"soon" is no day');
  });
});
