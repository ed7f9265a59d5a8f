/** The story of an accepted risk, by commands alone: asked for, decided by another, carried by clones, ended in time. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { pushImage } from '../../lib/adapters/oci/push-image.ts';
import { aChild, aFamily } from '../support/family.ts';
import { holdAdvisories } from '../support/family-home.ts';
import { type BuiltImage, writeLayout } from '../support/images.ts';
import { type Ran, run, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-11-25T09:00:00Z');
/** Of which perl stands in the base, nginx in the shop's own layer. */
const family = await aFamily();

const APPETITE = `
version: 1
statement: Nothing that is known to be broken runs, unless somebody answers for it.
zone: Europe/Berlin
people:
  - { name: Ada Asker, principals: ['laptop:ada', 'laptop:ada-at-home'], roles: [developer, approver] }
  - { name: Amir Approver, principals: ['laptop:amir'], roles: [approver] }
  - { name: Olive Owner, principals: ['laptop:olive'], roles: [owner] }
unnamed: { stage: production, owner: nobody }
assets:
  - { id: shop, repositories: ['team/**'], owner: Olive Owner, stage: production, criticality: medium }
stages:
  development: &stage
    tolerate: [feed-missing]
    criteria:
      - { id: nothing-known, says: Nothing that is known is in it., finding: 'true' }
      - { id: residual-limit, says: What is accepted still counts., image: score.residual > 90 }
  testing: *stage
  production: *stage
`;

let folder: TemporaryFolder;
let data: string;
let now = START;
let layouts = 0;

const clock = () => new Date(now);
const cavendish = (...argv: readonly string[]): Promise<Ran> => run([...argv, '--data', data], { now: clock });

async function json<T>(...argv: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await cavendish(...argv, '--json');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

/** Does all that is left to do. */
async function settle(): Promise<void> {
  await (
    await startHome({ data, once: true, now: clock })
  ).ended;
}

async function push(repository: string, tag: string, built: BuiltImage): Promise<void> {
  const home = await startHome({ data, now: clock });
  const layout = join(folder.path, `layout-${String((layouts += 1))}`);
  await writeLayout(layout, [built]);
  await pushImage({ address: home.address, repository, tag, layout });
  const { digest } = built.manifest;
  await home.until((event) => event.event === 'verdict' && event.assessment.image.digest === digest);
  await home.stop();
  await settle();
}

interface Shown {
  readonly verdict: string;
  readonly score: { readonly inherent: number; readonly residual: number; readonly open: number };
  readonly findings: readonly {
    readonly vulnerability: string;
    readonly exceptions: readonly { readonly id: string }[];
  }[];
}

const shown = (name: string): Promise<Shown> => json<Shown>('show', name);

async function request(as: string, ...more: readonly string[]): Promise<string> {
  const { exception } = await json<{ exception: { id: string } }>('exception', ...more, '--as', as);
  return exception.id;
}

const TERMS = [
  ...['--vuln', 'CVE-2026-perl', '--asset', 'shop', '--stage', 'production', '--owner', 'Olive Owner'],
  ...['--reason', 'the interpreter is never called', '--review', '2026-12-05', '--until', '2026-12-10'],
  ...['--control', '{ id: seccomp, does: no exec, evidence: policy 7, lowers: { likelihood: 0.5 } }'],
];

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  await holdAdvisories(data, ['perl']);
  await writeFile(join(data, 'appetite.yaml'), APPETITE);
  await push('base/debian', '12', family.debian);
  await push('team/shop', '1.0', family.shop);
});

afterAll(() => folder.remove());

describe('an accepted risk', () => {
  let id = '';

  it('begins with a no-go', async () => {
    expect(await shown('team/shop:1.0')).toMatchObject({ verdict: 'no-go', findings: [{ exceptions: [] }] });
  });

  it('is asked for, with what it would cover and change', async () => {
    const { findings } = await shown('team/shop:1.0');
    const [finding] = findings;
    TERMS[1] = finding?.vulnerability ?? '';

    const { stdout } = await cavendish('exception', 'request', ...TERMS, '--dry-run', '--as', 'ada');
    expect(stdout).toContain('1 finding in 1 image, and change 1 verdict');
    expect(stdout).toMatch(/team\/shop:1\.0 .*no-go -> go/u);

    id = await request('ada', 'request', ...TERMS);
    await settle();
    expect((await shown('team/shop:1.0')).verdict).toBe('no-go');
  });

  it.each([
    ['who asked', 'ada', /asked for by the same person/u],
    ['another principal of the same person', 'ada-at-home', /asked for by the same person/u],
    ['who is nobody', 'mallory', /is nobody whom the appetite names/u],
    ['who is no approver', 'olive', /may not do this/u],
  ])('is not approved by %s', async (_, as, why) => {
    const { code, stderr } = await cavendish('exception', 'approve', id, '--as', as);

    expect(code).toBe(70);
    expect(stderr).toMatch(why);
  });

  it('is granted by another: go, with the finding beside it, and residual risk', async () => {
    now += 60_000;
    const { stdout } = await cavendish('exception', 'approve', id, '--as', 'amir', '--why', 'until the next release');
    expect(stdout).toContain('is in force until 2026-12-10 (Europe/Berlin), reviewed on 2026-12-05 (Europe/Berlin)');
    await settle();

    const { verdict, findings, score } = await shown('team/shop:1.0');
    expect({ verdict, covered: findings.map(({ exceptions }) => exceptions.map((one) => one.id)) }).toEqual({
      verdict: 'go',
      covered: [[id]],
    });
    expect(score.open).toBe(0);
    expect(score.residual).toBeGreaterThan(0);
    expect(score.residual).toBeLessThan(score.inherent);
    expect((await cavendish('show', 'team/shop:1.0')).stdout).toContain(id);
  });

  it('is carried by a rebuilt image and by a child', async () => {
    now += 60_000;
    await push('team/shop', '1.1', await aChild(family.shop));

    expect(await shown('team/shop:1.1')).toMatchObject({ verdict: 'go', findings: [{ exceptions: [{ id }] }] });
  });

  it('was no-go before it was granted, and is when its time is over, though nothing happens then', async () => {
    const at = async (instant: string): Promise<unknown> => {
      const { code } = await run(
        ['judge', join(folder.path, 'layout-2'), '--as', 'team/shop', '--at', instant, '--data', data],
        { now: clock },
      );
      return code;
    };

    expect(await at('2026-11-25T09:00:30Z')).toBe(1);
    expect(await at('2026-12-10T22:59:59Z')).toBe(0);
    expect(await at('2026-12-10T23:00:00Z')).toBe(1);
  });

  it('is renewed by an approval of its own, and by no less', async () => {
    now += DAY;
    const next = await request('ada', 'renew', id, ...TERMS.map((one) => (one === '2026-12-10' ? '2026-12-20' : one)));
    expect((await cavendish('exception', 'approve', next, '--as', 'ada')).code).toBe(70);

    now += 60_000;
    await json('exception', 'approve', next, '--as', 'amir');
    await settle();
    expect(await json('exception', 'show', id)).toMatchObject({
      exception: { state: 'ended', ended: { how: 'superseded', why: `renewed by ${next}` } },
    });
    expect(await shown('team/shop:1.0')).toMatchObject({ verdict: 'go', findings: [{ exceptions: [{ id: next }] }] });
    id = next;
  });

  it('ends in time: no-go, and everything that was done stays', async () => {
    now = Date.parse('2026-12-20T23:00:00Z');
    await settle();

    expect((await shown('team/shop:1.0')).verdict).toBe('no-go');
    const { stdout } = await cavendish('exception', 'show', id);
    expect(stdout).toMatch(/expired on 2026-12-20 23:00 UTC/u);
    expect(stdout).toMatch(/asked for .*Ada Asker[\s\S]*granted .*Amir Approver[\s\S]*ended \(expired\) .*by itself/u);
    expect((await cavendish('exception', 'list')).stdout).toContain('Nothing is accepted');
  });
});
