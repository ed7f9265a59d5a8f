/**
 * CSAF 2.0, the profile VEX: products that are known not to be affected.
 * https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html, sections 3.2.2, 3.2.3 and 4.5
 */
import { z } from 'zod';

import type { Imported } from '../../core/exceptions/imported.ts';
import { packageIn } from './package-in.ts';

const product = z.looseObject({
  product_id: z.string(),
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
  const purls = purlsOf(products);
  const all = vulnerabilities.map((one, index) => ({ ...one, where: `vulnerabilities[${String(index)}]` }));
  const [said, others] = [all.filter(isSaid), all.filter((one) => !isSaid(one))];
  return {
    format: 'csaf',
    entries: said.map((one) => ({
      where: one.where,
      vulnerabilities: [nameOf(one)],
      packages: [...new Set(one.product_status.known_not_affected.flatMap((id) => purls.get(id) ?? []).map(packageIn))],
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

/** Package URLs by product; what is a component of a product has that of the component. */
function purlsOf({
  branches,
  full_product_names: names,
  relationships,
}: z.output<typeof tree>): ReadonlyMap<string, string> {
  const purls = new Map<string, string>();
  const put = ({ product_id: id, product_identification_helper: helper }: z.output<typeof product>): void => {
    const purl = helper?.purl ?? null;
    if (purl !== null) purls.set(id, purl);
  };
  const rest: Branch[] = [...branches];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (next.product !== undefined) put(next.product);
    rest.push(...(next.branches ?? []));
  }
  for (const name of names) put(name);
  for (const { product_reference: part, full_product_name: whole } of relationships) {
    const purl = purls.get(part);
    if (purl !== undefined) purls.set(whole.product_id, purl);
  }
  return purls;
}
