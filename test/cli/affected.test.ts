import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openLaptop } from '../../lib/cli/compose/laptop.ts';
import { AT } from '../support/feed-home.ts';
import { judgeFamily } from '../support/judged-family.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let data: string;
let digest: string;

async function ask(...argv: readonly string[]) {
  return await run([...argv, '--data', data], { now: () => AT });
}

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  const laptop = await openLaptop({ data, as: 'beside', now: AT });
  ({ digest } = (await judgeFamily(laptop)).python);
  await laptop.close();
  await ask('sight', 'team/desk:1.0', '--where', 'desk/production');
});

afterAll(async () => {
  await folder.remove();
});

describe('affected', () => {
  it('shows who has a vulnerability: verdict, owner, where it runs, from which base', async () => {
    const { code, stdout } = await ask('affected', 'DSA-1');
    expect(code).toBe(0);
    const [head, first, ...more] = stdout.split('\n');
    expect(head).toMatch(/^VERDICT +IMAGE +STAGE +OWNER +RUNS IN +WHAT +FIX +FROM +WORST +DUE$/u);
    expect(first).toMatch(
      /no-go +team\/desk:1\.0 +production +shop team +desk\/production +perl 1\.0-1 .*base\/debian:1\.0/u,
    );
    expect(more.join('\n')).toContain('DSA-1: 5 affected, 1 running; owners: 2');
  });

  it('answers as JSON, page by page', async () => {
    const first = JSON.parse((await ask('affected', 'perl', '--json', '--limit', '4')).stdout) as Page;
    expect(first).toMatchObject({ question: { kind: 'package', name: 'perl' }, next: expect.any(String) });
    expect(first.affected[0]).toMatchObject({
      ...{ placement: { repository: 'team/desk' }, owner: 'shop team', verdict: 'no-go', stage: 'production' },
      runsIn: [{ where: 'desk/production', environment: 'production', since: AT.toISOString() }],
      packages: [{ name: 'perl', inheritedFrom: { name: 'base/debian:1.0' } }],
    });
    const last = JSON.parse((await ask('affected', 'perl', '--json', '--after', first.next ?? '')).stdout) as Page;
    expect([first.affected.length, last.affected.length, last.next]).toEqual([4, 1, null]);
    const shown = (await ask('affected', 'perl', '--limit', '4')).stdout;
    expect(shown).toContain(`cavendish affected perl --kind package --after '${first.next ?? ''}'`);
  });

  it('shows what is built on a base', async () => {
    const { stdout } = await ask('affected', digest);
    expect(stdout).toMatch(/team\/shop:1\.0 .* 1 inherited +- +base\/python:1\.0/u);
    expect(stdout).toContain('4 affected');
  });

  it('has words for nobody, and for what nobody knows', async () => {
    const nobody = await ask('affected', 'CVE-2026-99999');
    expect([nobody.code, nobody.stdout]).toEqual([0, expect.stringContaining('No verdict that counts has it.')]);
    expect(JSON.parse((await ask('affected', 'CVE-2026-99999', '--json')).stdout)).toMatchObject({
      affected: [],
      next: null,
    });
    expect((await ask('affected', 'zsh', '--kind', 'package')).stdout).toContain('No image that counts has it.');
    expect(await ask('affected', 'zsh')).toMatchObject({ code: 70, stderr: expect.stringContaining('"zsh"') });
    expect((await ask('affected', 'perl', '--limit', '0')).stderr).toContain('a number from 1');
  });
});

interface Page {
  readonly affected: readonly object[];
  readonly next: string | null;
}
