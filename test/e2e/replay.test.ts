import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openLocalEvidence } from '../../lib/adapters/local/evidence/local-evidence.ts';
import { SAMPLE } from '../../lib/cli/sample/sample.ts';
import { canonicalBytes } from '../../lib/core/canonical/canonical.ts';
import { type Digest, hexOf } from '../../lib/core/image/digest.ts';
import { type Assessment, RULES_VERSION } from '../../lib/core/register/assessment.ts';
import type { Inventory } from '../../lib/core/sbom/inventory.ts';
import { readDocument } from '../../lib/pipeline/judge-image/read-document.ts';
import { replayAssessment } from '../../lib/pipeline/replay-assessment/replay-assessment.ts';
import { asOfRules1 } from '../support/assessments.ts';
import { run, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let data: string;
let id: Digest;
let assessment: Assessment;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  await (
    await startHome({ data, sample: true, once: true })
  ).ended;
  const { stdout } = await run(['judge', SAMPLE.layout, '--at', SAMPLE.date, '--json', '--data', data]);
  id = (JSON.parse(stdout) as { assessment: Digest }).assessment;
  assessment = await readDocument<Assessment>(await openLocalEvidence(join(data, 'evidence')), id, 'assessment');
});

afterAll(async () => {
  await folder.remove();
});

function fileOf(digest: Digest): string {
  const hex = hexOf(digest);
  return join(data, 'evidence', 'sha256', hex.slice(0, 2), `${hex}.zst`);
}

/** Every piece that the assessment rests on, by the word for it in an error. */
function pieces(): readonly (readonly [string, Digest])[] {
  const { inputs, appetite, feeds } = assessment;
  const [bucket] = inputs.buckets.filter(({ hash }) => hash !== null);
  const [feed] = feeds;
  if (inputs.sbom === null || bucket === undefined || feed === undefined) throw new TypeError('not the sample');
  return [
    ['assessment', id],
    ['SBOM', inputs.sbom],
    ['appetite', appetite.hash],
    [`feed ${feed.id}`, feed.hash],
    [`bucket ${bucket.key} of feed ${bucket.feed}`, bucket.hash ?? id],
  ];
}

describe('replay', () => {
  it('gives the same bytes', async () => {
    expect(await run(['replay', id, '--data', data])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('identical'),
    });
  });

  it('takes the beginning of an identity', async () => {
    const { code } = await run(['replay', hexOf(id).slice(0, 10), '--data', data]);
    expect(code).toBe(0);
  });

  it.each([0, 1, 2, 3, 4])(
    'names a piece of evidence with one byte changed, and one that is missing (%i)',
    async (which) => {
      const [name, digest] = pieces()[which] ?? ['', id];
      const file = fileOf(digest);
      const bytes = await readFile(file);
      try {
        const altered = Buffer.from(bytes);
        altered[altered.length - 3] = (altered.at(-3) ?? 0) ^ 1;
        await writeFile(file, altered);
        const changed = await run(['replay', id, '--data', data]);
        expect(changed).toMatchObject({ code: 70, stderr: expect.stringContaining(`${name} ${digest} was altered`) });

        await rm(file);
        const missing = await run(['replay', id, '--data', data]);
        expect(missing).toMatchObject({ code: 70, stderr: expect.stringContaining(`${name} ${digest} is missing`) });
      } finally {
        await writeFile(file, bytes);
      }
    },
  );

  it('reports what differs where another rules version made it', async () => {
    const evidence = await openLocalEvidence(join(data, 'evidence'));
    const other = await evidence.put(canonicalBytes({ ...assessment, rulesVersion: '0', verdict: 'go' }));

    expect(await replayAssessment(other, evidence)).toMatchObject({
      outcome: 'different',
      rulesVersion: { recorded: '0', replayed: RULES_VERSION },
      verdict: { recorded: 'go', replayed: 'no-go' },
      differences: expect.arrayContaining([{ path: 'verdict', recorded: 'go', replayed: 'no-go' }]),
    });
  });

  it('reports an assessment of before bases were known as of another rules version', async () => {
    const evidence = await openLocalEvidence(join(data, 'evidence'));
    const older = await evidence.put(canonicalBytes(asOfRules1(assessment)));

    expect(await replayAssessment(older, evidence)).toMatchObject({
      outcome: 'different',
      rulesVersion: { recorded: '1', replayed: RULES_VERSION },
      verdict: { recorded: 'no-go', replayed: 'no-go' },
    });
  });

  it('gives the same bytes from an inventory of a scanner before version 2', async () => {
    const evidence = await openLocalEvidence(join(data, 'evidence'));
    const { owned, packages, ...inventory } = await readDocument<Inventory>(
      evidence,
      assessment.inputs.sbom ?? id,
      'SBOM',
    );
    const old = packages.map(({ licences: _licences, ...one }) => one);
    const sbom = await evidence.put(canonicalBytes({ ...inventory, packages: old }));
    const older = await evidence.put(canonicalBytes({ ...assessment, inputs: { ...assessment.inputs, sbom } }));

    expect([owned, sbom === assessment.inputs.sbom]).toEqual([[], false]);
    expect(await replayAssessment(older, evidence)).toMatchObject({ outcome: 'identical', differences: [] });
  });

  it('leaves nothing half written', async () => {
    const files = await readdir(join(data, 'evidence'), { recursive: true });
    expect(files.filter((name) => name.includes('.partial'))).toEqual([]);
  });
});
