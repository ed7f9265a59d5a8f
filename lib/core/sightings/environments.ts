/** Which environment a cluster or a function is, by the config of the home. */
import { z } from 'zod';

import { namesRepository } from '../appetite/repository-pattern.ts';
import { stageSchema } from '../image/schemas.ts';
import type { Stage } from '../image/stage.ts';

const patterns = z.array(z.string().min(1)).readonly().default([]);

/** The first rule that names a thing says what it is; `*` in a pattern stands for any characters. */
export const environmentRulesSchema = z
  .array(
    z
      .strictObject({
        /** Patterns of the names of ECS clusters. */
        clusters: patterns,
        /** Patterns of the names of Lambda functions. */
        functions: patterns,
        environment: stageSchema,
      })
      .readonly(),
  )
  .readonly();

export type EnvironmentRules = z.output<typeof environmentRulesSchema>;

/** Production where no rule names it: what nobody speaks of is judged by the strictest stage. */
export function environmentOf(rules: EnvironmentRules, kind: 'clusters' | 'functions', name: string): Stage {
  const rule = rules.find((one) => one[kind].some((pattern) => namesRepository(pattern, name)));
  return rule?.environment ?? 'production';
}
