/** The bundled sample, judged in memory as a laptop judges it: for what is said of it in tests and docs. */
import { readFile } from 'node:fs/promises';

import { importSample, SAMPLE } from '../../lib/cli/sample/sample.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import type { Stage } from '../../lib/core/image/stage.ts';
import { NO_LINEAGE } from '../../lib/core/lineage/lineage.ts';
import { assess } from '../../lib/core/register/assess.ts';
import type { Assessment } from '../../lib/core/register/assessment.ts';
import { NO_HISTORY } from '../../lib/core/register/judged-evidence.ts';
import type { Inventory } from '../../lib/core/sbom/inventory.ts';
import { storedIntelligence } from '../../lib/pipeline/feeds/stored-intelligence.ts';
import { gather } from '../../lib/pipeline/judge-image/gather.ts';
import { aPackage } from './advisory-builders.ts';
import { aDigest } from './assessments.ts';
import { memoryEvidence } from './memory-evidence.ts';
import { memoryStore } from './memory-store.ts';

const PACKAGES = new URL('../fixtures/advisories/debian-12-packages.json', import.meta.url);
const AT = new Date(SAMPLE.date).toISOString();

/** @param appetite - the text of the file */
export async function judgedSample(stage: Stage, appetite: string): Promise<Assessment> {
  const { register } = memoryStore();
  const evidence = memoryEvidence();
  await importSample({ register, evidence }, new Date('2026-12-01T00:00:00Z'));
  const found = JSON.parse(await readFile(PACKAGES, 'utf8')) as Parameters<typeof aPackage>[0][];
  const inventory: Inventory = {
    schemaVersion: 1,
    scanner: { name: 'a test', version: '1' },
    image: SAMPLE.digest,
    created: null,
    distribution: null,
    layers: [],
    packages: found.map(aPackage),
    gaps: [],
  };
  return assess({
    image: {
      digest: SAMPLE.digest,
      reference: `${SAMPLE.repository}:${SAMPLE.tag}`,
      platform: { os: 'linux', architecture: 'amd64' },
    },
    placement: null,
    repository: SAMPLE.repository,
    stage: { name: stage, from: 'given' },
    at: AT,
    scan: { inventory, hash: aDigest('inventory') },
    appetite: { hash: aDigest(appetite), source: 'a test', value: parseAppetite(appetite, 'a test') },
    lineage: NO_LINEAGE,
    exceptions: [],
    history: NO_HISTORY,
    opinions: [],
    ...(await gather(inventory, AT, { intelligence: storedIntelligence(register, evidence), register })),
  });
}
