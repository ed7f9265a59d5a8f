import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

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
