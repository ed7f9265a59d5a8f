import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startChild } from '../support/child.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = new URL('../../', import.meta.url);

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(async () => {
  await folder.remove();
});

describe('the README', () => {
  it('shows what `npm start` prints: line for line, but for addresses and folders', async () => {
    const [, shown = ''] = /```text\n(.*?)\n```/su.exec(await readFile(new URL('README.md', ROOT), 'utf8')) ?? [];
    const cli = new URL('bin/cavendish.ts', ROOT).pathname;
    const home = startChild(cli, ['up', '--sample', '--once', '--port', '0', '--data', `${folder.path}/home`]);
    expect(await home.ended()).toMatchObject({ code: 0 });

    const places = /127\.0\.0\.1:\d+|\S*(?:cavendish|home)\/?\S*inbox|data in \S+|npx cavendish.*/gu;
    const lines = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => line.replace(places, '<place>').trimEnd());
    expect(lines(shown)).toEqual(lines(home.output()));
  });
});
