import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';

import { previewsPage } from '../../docs/notices/previews-page.ts';
import { previews } from '../../lib/cli/previews/previews.ts';
import { NOTICE_KINDS } from '../../lib/core/notices/kinds.ts';

it('shows in docs/notices-previews.md each kind of notice as it is (npm run previews)', async () => {
  const page = await readFile(new URL('../../docs/notices-previews.md', import.meta.url), 'utf8');
  expect(page.trimEnd()).toBe(previewsPage().trimEnd());
  expect([...previews().keys()].sort()).toEqual(Object.keys(NOTICE_KINDS).sort());
});

it.each([...previews().values()].map((notice) => [notice.kind, notice] as const))(
  'of the kind %s says in the first line what happened, and what to do next',
  (_, { subject, text, letter }) => {
    expect(subject).toMatch(/^\[Cavendish\] [ -~]{10,86}$/u);
    expect(text.split('\n')[0]?.length).toBeLessThanOrEqual(76);
    expect(letter.sections.at(-1)?.title).toBe('What to do next');
    expect(letter.sections.at(-1)?.items.some(({ command }) => command?.startsWith('cavendish ') === true)).toBe(true);
  },
);
