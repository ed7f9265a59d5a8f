import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseGemspec } from '../../../../lib/scanner/catalogers/ruby/parse.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/scanner/ruby');

function parse(text: string | Buffer, path = 'specifications/x.gemspec'): string {
  const { packages, problems } = parseGemspec(path, Buffer.from(text));
  return [
    ...packages.map(({ name, version, licences }) => [name, version, ...licences].join(' | ')),
    ...problems,
  ].join();
}

describe('parseGemspec', () => {
  it.each([
    ['rss-0.2.9', 'rss | 0.2.9 | BSD-2-Clause'],
    ['yaml-0.2.1', 'yaml | 0.2.1 | Ruby | BSD-2-Clause'],
    ['invalid', 'rss | 0.2.9'],
    ['badspec', 'foo | 1.2.3'],
    ['version_inline', 'example_inline has no version'],
    ['empty', 'a package without a name'],
  ])('reads %s of osv-scalibr', (name, expected) => {
    expect(parse(readFileSync(join(FIXTURES, `${name}.gemspec`)))).toBe(expected);
  });

  it.each([
    ['# stub: nokogiri 1.16.0 x86_64-linux lib\n  s.name = "other"', 'nokogiri | 1.16.0'],
    [`s.name = %q{a}\ns.name = %q<b>\ns.version = "1"`, 'b | 1'],
    [`  spec.name = 'a'\n  spec.version = Gem::Version.new("1.0.pre")`, 'a | 1.0.pre'],
    ['s.name = "a"\ns.version = Gem::Version.new "2"\ns.license = "MIT"', 'a | 2 | MIT'],
    ['s.name = "a"\ns.version = "1"\ns.licenses = ["MIT".freeze, \'Apache-2.0\']', 'a | 1 | MIT | Apache-2.0'],
    ['s.name = "a"\ns.version = "1"\ns.licenses = []', 'a | 1'],
    ['s.name = "a#{b}"\ns.version = VERSION', 'a package without a name'],
    ['s.rubygems_version = "3"\ns.name = "a"\ns.required_ruby_version = "2"\ns.version = "1"', 'a | 1'],
  ])('reads %j', (text, expected) => {
    expect(parse(text)).toBe(expected);
  });

  it.each([
    ['rake-13.0.6', 'rake | 13.0.6'],
    ['nokogiri-1.16.0-x86_64-linux', 'nokogiri | 1.16.0'],
    ['net-http2-0.18.5', 'net-http2 | 0.18.5'],
    ['rails-7.0.0.rc1', 'rails | 7.0.0.rc1'],
    ['google-protobuf-3.25.1-x86_64-linux-gnu', 'google-protobuf | 3.25.1'],
    ['rake', 'a package without a name'],
  ])('takes from the name %s what the gemspec leaves out', (name, expected) => {
    expect(parse('Gem::Specification.new\n', `usr/lib/ruby/gems/3.1.0/specifications/default/${name}.gemspec`)).toBe(
      expected,
    );
  });

  it.each([
    ['# stub: a/b 1 ruby lib\n', 'a name that is none: "a/b"'],
    [`# stub: a ${'1'.repeat(1e5)} ruby lib\n`, `a has a version that is none: "${'1'.repeat(64)}"`],
    [Buffer.from('s.name = "\xe9"\ns.version = "1"\n', 'latin1'), 'a name that is none: "\ufffd"'],
  ])('says what is wrong with %#', (text, problem) => {
    expect(parse(text)).toBe(problem);
  });

  it.each([
    ['spaces', `s.name = "a"\ns.version${' '.repeat(5e6)}`],
    ['lines of spaces', `s.name = "a"\n${' \n'.repeat(2e6)}`],
    ['a quote without an end', `s.name = "a"\ns.version = "${'1'.repeat(5e6)}`],
    ['names without an end', `s.name = "a"\n${'s.version = '.repeat(5e5)}`],
    ['stubs without an end', `s.name = "a"\n${'# stub: a '.repeat(5e5)}`],
  ])('reads %s in time', (_what, text) => {
    const before = performance.now();
    expect(parse(text)).toMatch(/^a[ |]/u);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  it('reads whatever it is given', () => {
    const line = fc.oneof(
      fc.constantFrom('# stub: a 1 ruby lib', 's.name = "a"', "s.version = '1'", 's.license ='),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), fc.string(), (lines, path) => {
        expect(parse(lines.join('\n'), path)).not.toBe('');
      }),
    );
  });
});
