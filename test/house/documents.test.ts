import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { filesOf, ROOT, type SourceFile } from './tree.ts';

const documents = filesOf('', /\.md$/u);
const headings = new Map(documents.map((document) => [document.path, headingsOf(document)]));

/** The anchors that headings have on a page of a forge: lower case, dashes for spaces, no punctuation. */
function headingsOf({ text }: SourceFile): ReadonlySet<string> {
  const anchors = [...withoutCode(text).matchAll(/^#+ (.+)$/gmu)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(anchors);
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gmsu, '').replace(/`[^`\n]*`/gu, '');
}

/** Links and pictures to other files of the repository, or to headings. */
function linksOf({ text }: SourceFile): readonly string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/gu)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/u.test(link));
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(ROOT, path))) return false;
  return anchor === undefined || headings.get(path)?.has(anchor) === true;
}

describe('documents', () => {
  it.each(documents.map((document) => [document.path, document] as const))(
    '%s links to what is there',
    (path, document) => {
      expect(linksOf(document).filter((link) => !leadsSomewhere(path, link))).toEqual([]);
    },
  );

  it('are there where the code names them', () => {
    const named = filesOf('', /\.(?:ts|js|cjs|mjs|yaml)$/u).flatMap(({ path, text }) =>
      [...text.matchAll(/\bdocs\/[\w/-]+\.md\b/gu)].map(([document]) => ({ path, document })),
    );

    expect(named.filter(({ document }) => !existsSync(join(ROOT, document)))).toEqual([]);
  });

  it.each(['npm ci && npm start', 'npm ci && npm test'])('README.md says how to start: %s', (line) => {
    const readme = documents.find(({ path }) => path === 'README.md');

    expect(readme?.text.split('\n')).toContain(line);
  });

  it.each(['LICENSE', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/decisions/README.md'])(
    'has %s',
    (path) => {
      expect(existsSync(join(ROOT, path))).toBe(true);
    },
  );
});
