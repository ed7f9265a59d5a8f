/** One exception from its request to after its end, on a laptop: the inbox holds its reminders, in order, once each. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { readInbox } from '../../lib/adapters/local/inbox/inbox.ts';
import { type Ran, run, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const APPETITE = `
version: 1
statement: Whoever accepts a risk hears of its end.
zone: Europe/Berlin
people:
  - { name: Ada Asker, principals: ['laptop:ada'], roles: [developer] }
  - { name: Amir Approver, principals: ['laptop:amir'], email: amir@example.org, roles: [approver] }
  - { name: Olive Owner, principals: ['laptop:olive'], email: olive@example.org, roles: [owner], next: Nora Next }
  - { name: Nora Next, email: nora@example.org }
unnamed: { stage: production, owner: nobody }
assets:
  - { id: shop, repositories: ['team/**'], owner: Olive Owner, stage: production, criticality: medium }
stages:
  development: &stage { criteria: [{ id: ok, says: ok, image: 'false' }] }
  testing: *stage
  production: *stage
`;

let folder: TemporaryFolder;
let data: string;
let now = new Date('2026-11-25T09:00:00Z');
let id = '';

const cavendish = (...argv: readonly string[]): Promise<Ran> => run([...argv, '--data', data], { now: () => now });

async function done(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await cavendish(...argv);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** The home runs until nothing is left to do. */
async function settle(): Promise<void> {
  const home = await startHome({ data, once: true, now: () => now });
  await home.ended;
}

/** A minute before nine in Berlin, and at nine. */
async function liveThrough(...days: readonly string[]): Promise<void> {
  for (const day of days) {
    for (const time of ['07:59', '08:00']) {
      now = new Date(`${day}T${time}:00Z`);
      await settle();
    }
  }
}

let seen = 0;

/** What has arrived since it was last asked for: the day, the reader and the subject. */
async function arrived(): Promise<readonly string[]> {
  const all = (await readInbox(join(data, 'inbox'))).filter(({ kind }) =>
    /^(?:exception-ending|review-due)$/u.test(kind),
  );
  return all
    .slice(seen, (seen = all.length))
    .map(({ at, to, subject }) => `${at.slice(0, 16)} ${to}: ${subject.replace('[Cavendish] ', '')}`)
    .sort();
}

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  await settle();
  await writeFile(join(data, 'appetite.yaml'), APPETITE);
});

afterAll(() => folder.remove());

describe('the reminders of one exception', () => {
  it('begin with its grant, and not with its request', async () => {
    const asked = await done(
      ...['exception', 'request', '--vuln', 'CVE-2026-1', '--asset', 'shop', '--stage', 'production'],
      ...['--owner', 'Olive Owner', '--reason', 'the parser is not reachable', '--review', '2026-12-20'],
      ...['--until', '2027-01-31', '--as', 'ada', '--json'],
    );
    ({ id } = (JSON.parse(asked) as { exception: { id: string } }).exception);
    await settle();
    expect(await done('reminders', '--json')).toBe('[]\n');

    await done('exception', 'approve', id, '--as', 'amir');
    await settle();
    const listed = await done('reminders', 'list');
    expect(listed).toMatch(
      /2026-12-20 \(Europe\/Berlin\) {2}review:EX-\S+ .*Olive Owner, Amir Approver {2}2026-12-06T08:00Z/u,
    );
    expect(listed).toMatch(
      /2027-01-31 \(Europe\/Berlin\) {2}expiry:EX-\S+ .*Olive Owner, Amir Approver {2}2027-01-01T08:00Z/u,
    );
    expect(await arrived()).toEqual([]);
  });

  it('ask for its review, and tell who is next when nobody answers', async () => {
    await liveThrough('2026-12-05', '2026-12-06', '2026-12-13', '2026-12-19', '2026-12-20', '2026-12-21', '2026-12-27');
    expect(await arrived()).toEqual(
      [
        ['2026-12-06T08:00', 'is due in 14 days'],
        ['2026-12-13T08:00', 'is due in 7 days'],
        ['2026-12-19T08:00', 'is due tomorrow'],
        ['2026-12-20T08:00', 'is due today'],
        ['2026-12-27T08:00', 'was due 7 days ago'],
      ].flatMap(([at = '', says = '']) =>
        ['amir', ...(says.startsWith('was') ? ['nora'] : []), 'olive'].map(
          (who) => `${at} ${who}@example.org: Review of an exception ${says}: CVE-2026-1 in shop`,
        ),
      ),
    );
  });

  it('begin anew once the review is answered, and end where it names no other', async () => {
    await done(
      'exception',
      'review',
      id,
      '--still-needed',
      '--next',
      '2027-01-08',
      '--why',
      'so it is',
      '--as',
      'olive',
    );
    await liveThrough('2027-01-01', '2027-01-07');
    await done('exception', 'review', id, '--still-needed', '--why', 'until its end', '--as', 'olive');
    await liveThrough('2027-01-08', '2027-01-15');
    expect(await arrived()).toEqual([
      '2027-01-01T08:00 amir@example.org: Exception ends in 30 days: CVE-2026-1 in shop',
      '2027-01-01T08:00 amir@example.org: Review of an exception is due in 7 days: CVE-2026-1 in shop',
      '2027-01-01T08:00 olive@example.org: Exception ends in 30 days: CVE-2026-1 in shop',
      '2027-01-01T08:00 olive@example.org: Review of an exception is due in 7 days: CVE-2026-1 in shop',
      '2027-01-07T08:00 amir@example.org: Review of an exception is due tomorrow: CVE-2026-1 in shop',
      '2027-01-07T08:00 olive@example.org: Review of an exception is due tomorrow: CVE-2026-1 in shop',
    ]);
  });

  it('are one mail where the machine slept over several', async () => {
    await liveThrough('2027-01-28');
    // Told on the 28th, of the rung of the 24th; that of the 17th is passed over.
    expect(await arrived()).toEqual([
      '2027-01-24T08:00 amir@example.org: Exception ends in 3 days: CVE-2026-1 in shop',
      '2027-01-24T08:00 olive@example.org: Exception ends in 3 days: CVE-2026-1 in shop',
    ]);
  });

  it('go on after its end until somebody says that they know', async () => {
    await liveThrough('2027-01-30', '2027-01-31', '2027-02-01', '2027-02-07');
    expect(await arrived()).toEqual([
      '2027-01-30T08:00 amir@example.org: Exception ends tomorrow: CVE-2026-1 in shop',
      '2027-01-30T08:00 olive@example.org: Exception ends tomorrow: CVE-2026-1 in shop',
      '2027-01-31T08:00 amir@example.org: Exception ends today: CVE-2026-1 in shop',
      '2027-01-31T08:00 olive@example.org: Exception ends today: CVE-2026-1 in shop',
      '2027-02-07T08:00 amir@example.org: Exception ended 7 days ago: CVE-2026-1 in shop',
      '2027-02-07T08:00 nora@example.org: Exception ended 7 days ago: CVE-2026-1 in shop',
      '2027-02-07T08:00 olive@example.org: Exception ended 7 days ago: CVE-2026-1 in shop',
    ]);
    expect(await done('exception', 'list', '--all')).toContain('expired');

    const refused = await cavendish('reminders', 'ack', `expiry:${id}`, '--as', 'ada');
    expect(refused.stderr).toContain('is not told of expiry:');
    expect(await done('reminders', 'ack', id, '--why', 'the shop is gone', '--as', 'olive')).toContain(
      'is acknowledged',
    );
    expect(await done('reminders')).toContain('Nothing comes due');
    expect(await done('reminders', '--all')).toContain('none: Olive Owner knows');
    await liveThrough('2027-02-14', '2027-03-07');
    expect(await arrived()).toEqual([]);
  });
});
