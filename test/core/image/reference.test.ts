import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import { isRepository, isTag, parseReference, referenceName } from '../../../lib/core/image/reference.ts';

const SHA = `sha256:${'a1'.repeat(32)}` as const;
const SHA512 = `sha512:${'b2'.repeat(64)}` as const;

describe('parseReference', () => {
  it.each`
    text                                | registry              | repository          | tag         | digest
    ${'debian'}                         | ${'docker.io'}        | ${'library/debian'} | ${'latest'} | ${null}
    ${'debian:12'}                      | ${'docker.io'}        | ${'library/debian'} | ${'12'}     | ${null}
    ${'team/app'}                       | ${'docker.io'}        | ${'team/app'}       | ${'latest'} | ${null}
    ${'docker.io/debian'}               | ${'docker.io'}        | ${'library/debian'} | ${'latest'} | ${null}
    ${'index.docker.io/debian'}         | ${'docker.io'}        | ${'library/debian'} | ${'latest'} | ${null}
    ${'127.0.0.1:5480/team/app:1.2'}    | ${'127.0.0.1:5480'}   | ${'team/app'}       | ${'1.2'}    | ${null}
    ${'127.0.0.1:5480/app'}             | ${'127.0.0.1:5480'}   | ${'app'}            | ${'latest'} | ${null}
    ${'localhost/app'}                  | ${'localhost'}        | ${'app'}            | ${'latest'} | ${null}
    ${'localhost:5480/a/b/c'}           | ${'localhost:5480'}   | ${'a/b/c'}          | ${'latest'} | ${null}
    ${'[::1]:5480/app'}                 | ${'[::1]:5480'}       | ${'app'}            | ${'latest'} | ${null}
    ${'REGISTRY/app'}                   | ${'REGISTRY'}         | ${'app'}            | ${'latest'} | ${null}
    ${'registry.example/a--b__c.d'}     | ${'registry.example'} | ${'a--b__c.d'}      | ${'latest'} | ${null}
    ${`registry.example/app@${SHA}`}    | ${'registry.example'} | ${'app'}            | ${null}     | ${SHA}
    ${`registry.example/app:1@${SHA}`}  | ${'registry.example'} | ${'app'}            | ${'1'}      | ${SHA}
    ${`registry.example/app@${SHA512}`} | ${'registry.example'} | ${'app'}            | ${null}     | ${SHA512}
    ${'app:5480'}                       | ${'docker.io'}        | ${'library/app'}    | ${'5480'}   | ${null}
  `('reads $text', ({ text, registry, repository, tag, digest }) => {
    expect(parseReference(String(text))).toEqual({ registry, repository, tag, digest });
  });

  it.each`
    why                                   | text                                     | says
    ${'it is empty'}                      | ${''}                                    | ${/names no repository/u}
    ${'there is only a host'}             | ${'localhost:5480/'}                     | ${/names no repository/u}
    ${'the name has capitals'}            | ${'registry.example/Team/app'}           | ${/"Team\/app" is not a repository/u}
    ${'a part of the name is empty'}      | ${'registry.example/a//b'}               | ${/not a repository/u}
    ${'the name climbs'}                  | ${'registry.example/../b'}               | ${/not a repository/u}
    ${'a part begins with a separator'}   | ${'registry.example/-a'}                 | ${/not a repository/u}
    ${'three underscores follow another'} | ${'registry.example/a___b'}              | ${/not a repository/u}
    ${'the tag is empty'}                 | ${'registry.example/app:'}               | ${/"" is not a tag/u}
    ${'the tag begins with a dot'}        | ${'registry.example/app:.1'}             | ${/is not a tag/u}
    ${'the tag is too long'}              | ${`app:${'x'.repeat(129)}`}              | ${/is not a tag/u}
    ${'the digest is short'}              | ${'app@sha256:abc'}                      | ${/"sha256:abc" is not a digest/u}
    ${'the digest is in capitals'}        | ${`app@sha256:${'A1'.repeat(32)}`}       | ${/is not a digest/u}
    ${'the algorithm is unknown'}         | ${`app@md5:${'a'.repeat(32)}`}           | ${/is not a digest/u}
    ${'the host holds a space'}           | ${'my host.example/app'}                 | ${/is not a host/u}
    ${'the host ends with a dash'}        | ${'host-.example/app'}                   | ${/is not a host/u}
    ${'the port is no number'}            | ${'localhost:http/app'}                  | ${/is not a host/u}
    ${'the name is too long'}             | ${`registry.example/${'a'.repeat(240)}`} | ${/longer than 255/u}
    ${'the repository is too long'}       | ${`registry.example/${'a'.repeat(256)}`} | ${/not a repository/u}
    ${'it is an address of the web'}      | ${'https://registry.example/app'}        | ${/is not a host/u}
  `('refuses "$text" because $why', ({ text, says }) => {
    expect(() => parseReference(String(text))).toThrow(says);
    expect(() => parseReference(String(text))).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it.each([
    ['app@x', 'A digest is sha256: and 64 hexadecimal digits, in lower case.'],
    ['app:?', 'A tag has 1 to 128 letters, digits, dots, dashes or underscores.'],
  ])('says what %s should have been', (text, next) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ next }));
  });

  it('takes names of 255 characters, and no longer ones', () => {
    const name = (length: number): string => `a.io/${'b'.repeat(length - 'a.io/'.length)}`;
    expect(parseReference(name(255)).repository).toHaveLength(250);
    expect(() => parseReference(name(256))).toThrow(/longer than 255/u);
    expect(isRepository('b'.repeat(255))).toBe(true);
    expect(isRepository('b'.repeat(256))).toBe(false);
  });

  it('shows no more of a wrong reference than a reader can bear', () => {
    let message = '';
    try {
      parseReference(`registry.example/${'A'.repeat(100_000)}`);
    } catch (error) {
      if (error instanceof CavendishError) message = error.message;
    }
    expect(message).toMatch(/^"registry\.example\/A+…" is not an image reference: "A+…$/u);
    expect(message.length).toBeLessThan(600);
  });

  it('reads back what it writes', () => {
    const component = fc.stringMatching(/^[a-z0-9]{1,6}(?:[._-][a-z0-9]{1,6})?$/u);
    const references = fc.record({
      registry: fc.constantFrom('registry.example', 'localhost:5480', '127.0.0.1:1', '[::1]:65535'),
      repository: fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
      tag: fc.option(fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}$/u)),
      digest: fc.constantFrom(SHA, SHA512),
    });
    fc.assert(
      fc.property(references, (reference) => {
        expect(parseReference(referenceName(reference))).toEqual(reference);
      }),
    );
  });

  it('answers or refuses whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        try {
          expect(isRepository(parseReference(text).repository)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-input' });
        }
      }),
    );
  });
});

describe('the grammar', () => {
  it.each(['a', 'a/b', '0/1-2', 'a.b_c__d---e'])('takes the repository %s', (name) => {
    expect(isRepository(name)).toBe(true);
  });

  it.each(['', '/', 'a/', '/a', 'a..b', 'a_-b', 'A', 'ä', 'a\n', 'a b'])('takes no repository %j', (name) => {
    expect(isRepository(name)).toBe(false);
  });

  it.each(['a', 'A', '_', '1.2-3_4', 'x'.repeat(128)])('takes the tag %s', (tag) => {
    expect(isTag(tag)).toBe(true);
  });

  it.each(['', '.a', '-a', 'a/b', 'a b', 'a\n', 'ä', 'x'.repeat(129)])('takes no tag %j', (tag) => {
    expect(isTag(tag)).toBe(false);
  });
});
