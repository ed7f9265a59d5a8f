/**
 * The schema of what `judge --json` and `show --json` answer. docs/schemas/assessment.schema.json is
 * made from it (`npm run schemas`), and a test holds the two together.
 */
import { z } from 'zod';

import { FEED_KINDS } from '../core/advisories/feed.ts';
import { STAGES } from '../core/image/stage.ts';
import { SEVERITIES } from '../core/matching/finding.ts';
import { GAP_KINDS, type GapKind } from '../core/sbom/gap.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$|^sha512:[0-9a-f]{128}$/u);
const instant = z.string().describe('ISO 8601, UTC');
const figure = z.number().min(0).max(100).nullable();
const probability = z.number().min(0).max(1);

const placement = z.strictObject({
  account: z.string(),
  region: z.string(),
  registry: z.string(),
  repository: z.string(),
  digest,
});

const cvss = z.strictObject({
  score: z.number().min(0).max(10),
  vector: z.string(),
  version: z.enum(['4.0', '3.1', '3.0']),
  source: z.string().describe('who rated it: cna:…, adp:…, osv:…'),
});

const finding = z.strictObject({
  vulnerability: z.string(),
  aliases: z.array(z.string()),
  records: z.array(z.string()).describe('the advisory records that matched'),
  package: z.strictObject({
    name: z.string(),
    version: z.string(),
    type: z.string(),
    purl: z.string(),
    layer: digest.describe('the diff ID of the first layer from which this version is present unbroken'),
    source: z.strictObject({ name: z.string(), version: z.string() }),
  }),
  fixedIn: z.string().nullable(),
  title: z.string().nullable(),
  published: instant.nullable(),
  disputed: z.enum(['rejected', 'disputed']).nullable(),
  cwes: z.array(z.string()),
  severity: z.enum(SEVERITIES),
  cvss: cvss.nullable().describe('the figure that counts; null where there is none'),
  ratings: z.array(cvss).describe('every figure that is held'),
  ssvc: z
    .strictObject({
      exploitation: z.enum(['none', 'poc', 'active']).nullable(),
      automatable: z.boolean().nullable(),
      technicalImpact: z.enum(['partial', 'total']).nullable(),
      source: z.string(),
    })
    .nullable(),
  epss: z
    .strictObject({ score: probability, percentile: probability, modelVersion: z.string(), date: instant })
    .nullable(),
  kev: z
    .strictObject({ dateAdded: z.string(), dueDate: z.string().nullable(), ransomware: z.boolean() })
    .nullable()
    .describe('null where it is not listed'),
  matched: z.array(
    z.strictObject({
      record: z.string(),
      ecosystem: z.string(),
      by: z.enum(['range', 'version']),
      version: z.string(),
      introduced: z.string().nullable(),
      fixed: z.string().nullable(),
    }),
  ),
  foundBy: z.string(),
  alsoFoundBy: z.array(z.string()).optional().describe('other scanners that say the same; absent where none does'),
  inheritedFrom: digest.nullable().describe('the base that brought the package; null where the image did'),
  due: instant.nullable().describe('from then on a criterion of the stage counts it late'),
  exceptions: z
    .array(
      z.strictObject({
        id: z.string(),
        owner: z.string().describe('who carries the risk'),
        until: instant.describe('at that instant it no longer counts'),
        share: probability.describe('what its controls leave of the risk'),
      }),
    )
    .describe('every exception in force that covers it: criteria see a finding that has none'),
});

const gap = z.strictObject({
  kind: z.enum(Object.keys(GAP_KINDS) as [GapKind, ...GapKind[]]),
  subject: z.string(),
  message: z.string(),
  tolerated: z.boolean(),
});

const reason = z.strictObject({
  criterion: z.string(),
  message: z.string(),
  findings: z.array(z.strictObject({ vulnerability: z.string(), package: z.string(), source: z.string() })),
});

const scores = z.strictObject({ inherent: figure, residual: figure, open: figure });
const counts = z.record(z.enum(SEVERITIES), z.number().int().min(0)).describe('distinct vulnerabilities by severity');
const share = z.strictObject({ score: scores, counts });

const approval = z
  .strictObject({ stages: z.array(z.enum(STAGES)), until: instant, by: z.string() })
  .nullable()
  .describe('null where nobody approved it as a base');

const base = z.strictObject({
  image: digest,
  layers: z.number().int().min(0),
  names: z.array(z.string()),
  created: z.string().nullable(),
  own: z.boolean().describe('it stands in the same repository: an earlier build, whose findings are not inherited'),
  approval,
  newest: z
    .strictObject({ image: digest, name: z.string(), created: z.string().nullable() })
    .nullable()
    .describe('the newest build of its names; null where it is that itself'),
});

const vulnerabilityCount = z.number().int().min(0);

const assessment = z.strictObject({
  schemaVersion: z.literal(1),
  rulesVersion: z.string(),
  image: z.strictObject({
    digest,
    reference: z.string(),
    platform: z.strictObject({ os: z.string(), architecture: z.string(), variant: z.string().optional() }),
  }),
  placement: placement.nullable().describe('null for a layout or archive without --as'),
  asset: z
    .strictObject({ id: z.string(), owner: z.string(), exposure: z.string(), criticality: z.string() })
    .nullable()
    .describe('null where no asset of the appetite names the repository'),
  stage: z.enum(STAGES),
  stageFrom: z.enum(['given', 'asset', 'default', 'sighted']),
  at: instant,
  verdict: z.enum(['go', 'no-go', 'unknown']),
  blocking: z.boolean(),
  score: scores,
  counts,
  openCounts: counts.describe('the same of what no exception covers'),
  split: z.strictObject({ own: share, inherited: share }).describe("the image's own findings, and those of its bases"),
  reasons: z.array(reason),
  gaps: z.array(gap),
  findings: z.array(finding),
  opinions: z
    .array(
      z.strictObject({
        scanner: z.string(),
        version: z.string().nullable(),
        at: instant,
        both: vulnerabilityCount,
        onlyTheirs: vulnerabilityCount,
        onlyOurs: vulnerabilityCount,
      }),
    )
    .optional()
    .describe('other scanners that have looked, in vulnerabilities; absent where none has'),
  onlyOthers: z
    .array(
      z.strictObject({
        vulnerability: z.string(),
        aliases: z.array(z.string()),
        package: z.strictObject({ type: z.string().nullable(), name: z.string(), version: z.string().nullable() }),
        severity: z.enum(SEVERITIES),
        fixedIn: z.string().nullable(),
        foundBy: z.array(z.string()),
        inInventory: z.boolean().describe('Cavendish sees the package too'),
      }),
    )
    .optional()
    .describe('what other scanners found and Cavendish did not; absent where none has looked'),
  lapsed: z
    .array(z.strictObject({ id: z.string(), why: z.string() }))
    .describe('granted exceptions that name findings here and stopped counting on evidence'),
  barred: z
    .array(z.strictObject({ id: z.string(), rule: z.string(), vulnerability: z.string(), source: z.string() }))
    .describe('what granted exceptions name, and a rule of the appetite never accepts'),
  feeds: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(FEED_KINDS),
      date: instant,
      count: z.number().int().min(0),
      hash: digest,
      modelVersion: z.string().nullable(),
    }),
  ),
  appetite: z.strictObject({ hash: digest, source: z.string() }),
  lineage: z
    .strictObject({ bases: z.array(base), approval })
    .describe('its bases as they were known then, the nearest first, and its own approval as a base'),
  assessment: digest.describe('the identity of the assessment: give it to `cavendish replay`'),
});

const judgeDocument = assessment;

const secondOpinion = z
  .strictObject({
    scanner: z.string(),
    version: z.string().nullable(),
    state: z.enum(['complete', 'none']).describe('none: it says nothing, which is not "clean"'),
    said: z.string().describe('where it is from, or the status in its own words'),
    completedAt: instant.nullable(),
    opinion: digest.nullable().describe('of the evidence; null where it says nothing'),
    counts: z.record(z.string(), vulnerabilityCount).describe('vulnerabilities by severity; none are left out'),
    imported: z
      .strictObject({
        at: instant,
        by: z.strictObject({ principal: z.string(), person: z.string().nullable() }),
        compared: z.string().describe('how it was made sure that the report is about the image'),
        forced: z.string().nullable().describe('why it is taken though it is about another one'),
      })
      .nullable()
      .describe('null where the home asked the scanner itself'),
    both: z.array(z.string()),
    onlyTheirs: z.array(z.string()),
    onlyOurs: z.array(z.string()),
  })
  .describe('what another scanner says of the image, as it is held now');

const changed = z
  .array(
    z.strictObject({
      vulnerability: z.string(),
      severity: z.enum(SEVERITIES),
      source: z.string().describe('the source package'),
      fixedIn: z.string().nullable(),
    }),
  )
  .nullable();

const baseAdvice = z
  .strictObject({
    base: z.strictObject({ image: digest, name: z.string() }),
    unapproved: z.boolean().describe('others are approved for the stage, and it is not'),
    outdated: z.boolean().describe('a newer build of its names is known'),
    to: z
      .strictObject({ image: digest, name: z.string(), created: z.string().nullable(), approved: z.boolean() })
      .nullable()
      .describe('the base to move to; null where nothing better is known'),
    removes: changed.describe('what that would remove; null where it can not be told'),
    adds: changed.describe('what that would add'),
  })
  .nullable()
  .describe('what to do about the base, on the intelligence of now; null where there is nothing to do');

/** `show` says more of the placement. */
const showDocument = assessment.extend({
  baseAdvice,
  tags: z.array(z.string()),
  history: z.array(z.strictObject({ at: instant, assessment: digest, verdict: z.string() })),
  gone: z
    .strictObject({ at: instant, why: z.enum(['deleted', 'archived']) })
    .nullable()
    .describe('null while the registry holds it'),
  secondOpinions: z.array(secondOpinion),
});

/** The JSON Schema (draft 2020-12) of both. */
export function documentJsonSchema(): object {
  const title = 'Assessment: what `cavendish judge --json` and `cavendish show --json` answer';
  return { title, ...z.toJSONSchema(z.union([judgeDocument, showDocument])) };
}
