/**
 * CSAF 2.0, the profile VEX: products that are known not to be affected.
 * https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html, sections 3.2.2, 3.2.3 and 4.5
 */
import { z } from 'zod';

import type { Imported } from '../../core/exceptions/imported.ts';
import { packageIn } from './package-in.ts';

const product = z.looseObject({
  product_id: z.string(),
  name: z.string(),
  product_identification_helper: z.looseObject({ purl: z.string().nullish() }).nullish(),
});

interface Branch {
  readonly product?: z.output<typeof product> | undefined;
  readonly branches?: readonly Branch[] | undefined;
}

const branch: z.ZodType<Branch> = z.lazy(() =>
  z.looseObject({ product: product.optional(), branches: z.array(branch).optional() }),
);

const tree = z.looseObject({
  branches: z.array(branch).default([]),
  full_product_names: z.array(product).default([]),
  relationships: z.array(z.looseObject({ product_reference: z.string(), full_product_name: product })).default([]),
});

const ofProducts = { product_ids: z.array(z.string()).default([]) };

const vulnerability = z.looseObject({
  cve: z.string().nullish(),
  ids: z.array(z.looseObject({ text: z.string() })).default([]),
  product_status: z.looseObject({ known_not_affected: z.array(z.string()).default([]) }).prefault({}),
  flags: z.array(z.looseObject({ label: z.string(), ...ofProducts })).default([]),
  threats: z.array(z.looseObject({ category: z.string(), details: z.string(), ...ofProducts })).default([]),
});

export const csaf = z.looseObject({
  document: z.looseObject({ csaf_version: z.literal('2.0') }),
  product_tree: tree.prefault({}),
  vulnerabilities: z.array(vulnerability).default([]),
});

export function fromCsaf({ product_tree: products, vulnerabilities }: z.output<typeof csaf>): Imported {
  const names = packagesOf(products);
  const all = vulnerabilities.map((one, index) => ({ ...one, where: `vulnerabilities[${String(index)}]` }));
  const [said, others] = [all.filter(isSaid), all.filter((one) => !isSaid(one))];
  return {
    format: 'csaf',
    entries: said.map((one) => ({
      where: one.where,
      vulnerabilities: [nameOf(one)],
      packages: [...new Set(one.product_status.known_not_affected.flatMap((id) => names.get(id) ?? []))],
      reason: reasonOf(one),
      expiry: null,
    })),
    skipped: others.map((one) => ({
      where: one.where,
      why: `of ${nameOf(one)} it says of nothing that it is not affected`,
    })),
  };
}

type Vulnerability = z.output<typeof vulnerability>;

function isSaid({ product_status: { known_not_affected: products } }: Vulnerability): boolean {
  return products.length > 0;
}

function nameOf({ cve, ids }: Vulnerability): string {
  return cve ?? ids[0]?.text ?? '(no name)';
}

function reasonOf({ product_status: { known_not_affected: about }, flags, threats }: Vulnerability): string | null {
  const isAbout = ({ product_ids: ids }: { readonly product_ids: readonly string[] }): boolean =>
    ids.length === 0 || ids.some((id) => about.includes(id));
  const labels = flags.filter(isAbout).map(({ label }) => label.replaceAll('_', ' '));
  const impacts = threats.filter((one) => one.category === 'impact' && isAbout(one)).map(({ details }) => details);
  const said = [...new Set([...labels, ...impacts])].join(': ');
  return said === '' ? null : said;
}

/**
 * Names of packages by product: of what has a package URL, and of what is a component of a product, for which not
 * everybody gives one. A whole product is no package.
 */
function packagesOf({
  branches,
  full_product_names: whole,
  relationships,
}: z.output<typeof tree>): ReadonlyMap<string, string> {
  const all: z.output<typeof product>[] = [...whole];
  const rest: Branch[] = [...branches];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (next.product !== undefined) all.push(next.product);
    rest.push(...(next.branches ?? []));
  }
  const named = (one: z.output<typeof product>): string | null => {
    const purl = one.product_identification_helper?.purl ?? null;
    return purl === null ? null : packageIn(purl);
  };
  const names = new Map<string, string>();
  for (const one of all) {
    const name = named(one);
    if (name !== null) names.set(one.product_id, name);
  }
  const byId = new Map(all.map((one) => [one.product_id, one]));
  for (const { product_reference: part, full_product_name: component } of relationships) {
    names.set(component.product_id, names.get(part) ?? byId.get(part)?.name ?? part);
  }
  return names;
}
