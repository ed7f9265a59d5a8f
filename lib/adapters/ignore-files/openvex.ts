/** OpenVEX 0.2.0: statements that a product is not affected. https://github.com/openvex/spec */
import { z } from 'zod';

import type { Imported, ImportedEntry } from '../../core/exceptions/imported.ts';
import { packageIn } from './package-in.ts';
import { said } from './said.ts';

const component = z.looseObject({ '@id': z.string().nullish() });

const statement = z.looseObject({
  vulnerability: z.union([z.string().transform((name) => ({ name })), z.looseObject({ name: z.string() })]),
  products: z
    .array(
      z.union([
        z.string().transform((id) => ({ '@id': id, subcomponents: null })),
        z.looseObject({ '@id': z.string().nullish(), subcomponents: z.array(component).nullish() }),
      ]),
    )
    .nullish(),
  status: z.string(),
  justification: z.string().nullish(),
  impact_statement: z.string().nullish(),
});

export const openVex = z.looseObject({
  '@context': z.string().startsWith('https://openvex.dev/ns'),
  statements: z.array(statement),
});

export function fromOpenVex({ statements }: z.output<typeof openVex>): Imported {
  const all = statements.map((one, index) => ({ ...one, where: `statements[${String(index)}]` }));
  const [asking, others] = [all.filter(isNotAffected), all.filter((one) => !isNotAffected(one))];
  return {
    format: 'openvex',
    entries: asking.map(entryOf),
    skipped: others.map(({ where, status }) => ({ where, why: `its status is ${status}: it asks for nothing` })),
  };
}

type Statement = z.output<typeof statement> & { readonly where: string };

function isNotAffected({ status }: Statement): boolean {
  return status === 'not_affected';
}

/** An image is a product; a package of it is a subcomponent, or the product itself. */
function entryOf({
  where,
  vulnerability,
  products,
  justification,
  impact_statement: impact,
}: Statement): ImportedEntry {
  const ids = (products ?? []).flatMap((product) => {
    const parts = (product.subcomponents ?? []).flatMap((part) => part['@id'] ?? []);
    return parts.length > 0 ? parts : (product['@id'] ?? []);
  });
  const purls = ids.filter((id) => id.startsWith('pkg:') && !/^pkg:(?:oci|docker)\//u.test(id));
  const reasons = [said(justification?.replaceAll('_', ' ')), said(impact)].filter((text) => text !== null);
  const packages = [...new Set(purls.map(packageIn))];
  return {
    where,
    vulnerabilities: [vulnerability.name],
    packages,
    reason: said(reasons.join(': ')),
    expiry: null,
  };
}
