import { describe, expect, it } from '@jest/globals';

import { parseOsRelease } from '../../../../lib/scanner/catalogers/os-release/parse.ts';

describe('parseOsRelease', () => {
  it.each([
    [
      'Debian',
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n',
      { id: 'debian', versionId: '12', codename: 'bookworm', name: 'Debian GNU/Linux 12 (bookworm)' },
    ],
    [
      'Debian testing',
      'PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n',
      { id: 'debian', versionId: null, codename: null, name: 'Debian GNU/Linux forky/sid' },
    ],
    [
      'Alpine',
      'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.10.4\nPRETTY_NAME="Alpine Linux v3.10"\n',
      { id: 'alpine', versionId: '3.10.4', codename: null, name: 'Alpine Linux v3.10' },
    ],
    ['single quotes', "ID='debian'\nVERSION_ID='1\"2'", { id: 'debian', versionId: '1"2' }],
    ['escapes', 'ID=debian\nPRETTY_NAME="a \\"b\\" \\$c \\\\ \\d"', { name: 'a "b" $c \\ \\d' }],
    ['a bare escape', 'ID=de\\bian', { id: 'debian' }],
    [
      'comments, empty lines and what is none',
      '# ID=other\n\nID=debian # no comment\nexport X\n=',
      { id: 'debian # no comment' },
    ],
    ['the last of two', 'ID=a\nID=b', { id: 'b' }],
    ['upper case', 'ID=Debian\nVERSION_ID=12', { id: 'debian', name: 'debian 12' }],
    ['empty values', 'ID=\nVERSION_ID=""', { id: 'linux', versionId: null, name: 'linux' }],
    ['nothing', '', { id: 'linux', versionId: null, codename: null, name: 'linux' }],
    ['control characters', 'ID=debian\nPRETTY_NAME="a\tb\u0007"', { name: 'a\ufffdb\ufffd' }],
    ['carriage returns', 'ID=debian\r\nVERSION_ID="12"\r\n', { id: 'debian', versionId: '12' }],
  ])('reads %s', (_what, text, expected) => {
    expect(parseOsRelease(text)).toMatchObject(expected);
  });

  it('cuts a name that never ends', () => {
    expect(parseOsRelease(`ID=${'x'.repeat(10_000)}`).id).toHaveLength(256);
  });
});
