/**
 * What a criterion sees, as CEL types. docs/appetite.md lists the same; a test holds the two together.
 *
 * Every figure is there: a missing one has `known: false` beside what stands in for it, so that an
 * expression can't fall over it. Numbers are doubles; CEL compares them with whole numbers too.
 */
import { Environment, type ObjectSchema } from '@marcbachmann/cel-js';

const AGE = { known: 'bool', days: 'double' } as const;

const FINDING = {
  vulnerability: 'string',
  severity: 'string',
  fixable: 'bool',
  fixedIn: 'string',
  title: 'string',
  aliases: 'list<string>',
  disputed: 'string',
  age: AGE,
  cvss: { known: 'bool', score: 'double', version: 'string' },
  epss: { known: 'bool', score: 'double', percentile: 'double', modelVersion: 'string' },
  kev: { listed: 'bool', ransomware: 'bool', dateAdded: 'string' },
  ssvc: { known: 'bool', derived: 'bool', exploitation: 'string', automatable: 'bool', technicalImpact: 'string' },
  package: { name: 'string', version: 'string', type: 'string', source: 'string' },
} as const;

const IMAGE = { repository: 'string', platform: 'string' } as const;
const ASSET = { named: 'bool', id: 'string', owner: 'string', exposure: 'string', criticality: 'string' } as const;
const SCORE = { known: 'bool', open: 'double', inherent: 'double', residual: 'double' } as const;
const COUNTS = {
  critical: 'double',
  high: 'double',
  medium: 'double',
  low: 'double',
  none: 'double',
  unrated: 'double',
  total: 'double',
  fixable: 'double',
} as const;

export const IMAGE_VARIABLES = { image: IMAGE, asset: ASSET, score: SCORE, counts: COUNTS } as const;
export const FINDING_VARIABLES = { finding: FINDING } as const;

/** Bounds of an expression: a criterion is a sentence, not a program. */
const LIMITS = { maxAstNodes: 500, maxDepth: 40, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 16 };

function environment(variables: Readonly<Record<string, ObjectSchema>>): Environment {
  const made = new Environment({ limits: LIMITS }).registerVariable('stage', 'string');
  for (const [name, schema] of Object.entries(variables)) made.registerVariable({ name, schema });
  return made;
}

export const imageEnvironment = environment(IMAGE_VARIABLES);
export const findingEnvironment = environment({ ...IMAGE_VARIABLES, ...FINDING_VARIABLES });
