import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { shortDigest } from '../../../lib/core/image/digest.ts';
import { type FamilyGraph, toDot, toMermaid } from '../../../lib/core/lineage/graph.ts';
import { aDigest } from '../../support/assessments.ts';

const [base, clone] = [aDigest('base'), aDigest('clone')];

function graph(names: readonly string[]): FamilyGraph {
  const one = { platform: 'linux/amd64', layers: 1, created: null };
  return {
    images: [
      { image: base, names, ...one },
      { image: clone, names: ['team/app:1'], ...one },
    ],
    bases: [{ clone, base }],
  };
}

describe('a graph of families', () => {
  it('is drawn from bases to clones', () => {
    expect(toDot(graph(['debian:12']))).toContain(`  "${base}" -> "${clone}";\n}`);
    expect(toMermaid(graph(['debian:12']))).toContain('  i0["debian:12<br/>');
    expect(toMermaid(graph([]))).toContain('  i0 --> i1\n');
  });

  it('is a whole program for either tool', () => {
    const [dot, mermaid] = [toDot(graph(['debian:12', 'golden'])), toMermaid(graph(['debian:12', 'golden']))];
    expect(dot.split('\n')).toEqual([
      'digraph lineage {',
      '  rankdir=LR;',
      '  node [shape=box];',
      `  "${base}" [label="debian:12\\ngolden\\n${shortDigest(base)} linux/amd64"];`,
      `  "${clone}" [label="team/app:1\\n${shortDigest(clone)} linux/amd64"];`,
      `  "${base}" -> "${clone}";`,
      '}',
      '',
    ]);
    expect(mermaid.split('\n')).toEqual([
      'flowchart LR',
      `  i0["debian:12<br/>golden<br/>${shortDigest(base)} linux/amd64"]`,
      `  i1["team/app:1<br/>${shortDigest(clone)} linux/amd64"]`,
      '  i0 --> i1',
      '',
    ]);
  });

  it('keeps what a name says where its signs mean something: a backslash before them in DOT, numbers in Mermaid', () => {
    expect(toDot(graph(['say "a\\b"']))).toContain('[label="say \\"a\\\\b\\"\\n');
    expect(toMermaid(graph(['<b>"a";#1']))).toContain('["#60;b#62;#34;a#34;#59;#35;1<br/>');
  });

  it('counts no more names where it shows all', () => {
    expect(toDot(graph(['a', 'b', 'c']))).toContain(`label="a\\nb\\nc\\n${shortDigest(base)}`);
    expect(toMermaid(graph(['a', 'b', 'c', 'd']))).toContain(`["a<br/>b<br/>c<br/>and 1 more<br/>${shortDigest(base)}`);
  });

  it('shows three names of an image that has more', () => {
    expect(toDot(graph(['a', 'b', 'c', 'd', 'e']))).toContain('label="a\\nb\\nc\\nand 2 more\\n');
  });

  it('ends no string and begins no line by a name, whatever it holds', () => {
    const name = fc.string({
      unit: fc.oneof(fc.constantFrom('"', '\\', '\n', ']', '#', ';', '<', '`', '\u2028'), fc.string()),
    });
    fc.assert(
      fc.property(name, (hostile) => {
        const dot = toDot(graph([hostile]));
        const mermaid = toMermaid(graph([hostile]));

        expect(dot.split('\n')).toHaveLength(toDot(graph(['a'])).split('\n').length);
        expect(mermaid.split('\n')).toHaveLength(toMermaid(graph(['a'])).split('\n').length);
        const strings = dot.replace(/\\./gsu, '').split('\n')[3] ?? '';
        expect(strings.split('"')).toHaveLength(5);
        const label = /^ {2}i0\["(?<label>.*)"\]$/u.exec(mermaid.split('\n')[1] ?? '')?.groups?.['label'];
        expect(label?.replaceAll('<br/>', '').replaceAll(/#\d+;/gu, '')).toMatch(/^[\p{L}\p{N} ._:/@+-]*$/u);
      }),
    );
  });
});
