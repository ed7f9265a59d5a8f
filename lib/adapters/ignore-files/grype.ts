/** The `ignore` rules of Grype's configuration. https://github.com/anchore/grype#specifying-matches-to-ignore */
import { z } from 'zod';

import type { Imported, ImportedEntry } from '../../core/exceptions/imported.ts';
import { said } from './said.ts';

const rule = z.looseObject({
  vulnerability: z.string().nullish(),
  reason: z.string().nullish(),
  package: z.looseObject({ name: z.string().nullish() }).nullish(),
});

export const grypeIgnore = z.looseObject({ ignore: z.array(rule) });

const UNDERSTOOD = new Set(['vulnerability', 'reason', 'package', 'include-aliases']);

export function fromGrype({ ignore }: z.output<typeof grypeIgnore>): Imported {
  const rules = ignore.map((one, index) => ({ ...read(one), where: `ignore[${String(index)}]` }));
  return {
    format: 'grype',
    entries: rules.flatMap(({ entry, where }) => (entry === null ? [] : [{ where, ...entry }])),
    skipped: rules.flatMap(({ why, where }) => (why === null ? [] : [{ where, why }])),
  };
}

/** A condition that an exception can't say would make it wider than it was meant. */
function read(one: z.output<typeof rule>): {
  readonly entry: Omit<ImportedEntry, 'where'> | null;
  readonly why: string | null;
} {
  const narrower = [
    ...Object.keys(one).filter((key) => !UNDERSTOOD.has(key)),
    ...Object.keys(one.package ?? {})
      .filter((key) => key !== 'name')
      .map((key) => `package.${key}`),
  ];
  const vulnerabilities = [said(one.vulnerability) ?? []].flat();
  const packages = [said(one.package?.name) ?? []].flat();
  if (narrower.length > 0) {
    return { entry: null, why: `it depends on ${narrower.join(', ')}, which an exception can't say` };
  }
  if (vulnerabilities.length + packages.length === 0) {
    return { entry: null, why: 'it names no vulnerability and no package' };
  }
  return { entry: { vulnerabilities, packages, reason: said(one.reason), expiry: null }, why: null };
}
