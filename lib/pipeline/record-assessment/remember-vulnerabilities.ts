/**
 * Remembers in which layers vulnerabilities were found, under each of their names: a CVE record, KEV or
 * EPSS that changes is followed from there to the images.
 *
 * Written before the verdict is recorded, so that who looks for the affected finds all whose verdict
 * rests on what was held before. A set of names that a layer had before costs one read.
 */
import { contentId } from '../../core/canonical/canonical.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Finding } from '../../core/matching/finding.ts';
import { layerVulnerabilitiesKey, vulnerabilityLayerKey } from '../../core/register/index-keys.ts';
import { putRows } from '../lineage/rows.ts';
import type { RegisterStore } from '../ports/register-store.ts';

type Found = Pick<Finding, 'vulnerability' | 'aliases' | 'package'>;

export async function rememberVulnerabilities(findings: readonly Found[], register: RegisterStore): Promise<void> {
  for (const [layer, names] of namesByLayer(findings)) {
    const marker = layerVulnerabilitiesKey(layer, contentId(names));
    if ((await register.get(marker)) !== null) continue;
    // The marker last: it is never there without the rows that it speaks of.
    const rows = [...names.map((name) => vulnerabilityLayerKey(name, layer)), marker];
    await putRows(rows, register);
  }
}

function namesByLayer(findings: readonly Found[]): readonly (readonly [Digest, readonly string[]])[] {
  const byLayer = Map.groupBy(findings, (finding) => finding.package.layer);
  return [...byLayer].map(([layer, found]) => {
    const names = new Set(found.flatMap(({ vulnerability, aliases }) => [vulnerability, ...aliases]));
    return [layer, [...names].sort()];
  });
}
